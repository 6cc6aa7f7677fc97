package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"math"
)

// The constants of a package that have no type of their own. An integer of them may be greater than what
// would hold it, were it only named.
type constants map[string]*untyped

// What a constant is made of, and how often there was a line before its own.
type untyped struct {
	from     ast.Expr
	line     int
	value    constant.Value
	isOpened bool
}

// Notes what the constants of a declaration are made of; a line without values repeats the last one that has
// some.
func (c constants) collect(of *ast.GenDecl) {
	var last *ast.ValueSpec
	for line, spec := range of.Specs {
		values, is := spec.(*ast.ValueSpec)
		if !is {
			continue
		}
		if len(values.Values) > 0 || values.Type != nil {
			last = values
		}
		for i, name := range values.Names {
			if last != nil && last.Type == nil && i < len(last.Values) {
				c[name.Name] = &untyped{from: last.Values[i], line: line}
			}
		}
	}
}

// The constant as a value that can be handed over: as it is, unless it is an integer.
func (c constants) written(name string) string {
	value := c.value(name)
	if value == nil || value.Kind() != constant.Int {
		return name
	}
	if _, fits := constant.Int64Val(value); fits {
		return fmt.Sprintf("__polycode.Int(%s)", name)
	}
	if _, fits := constant.Uint64Val(value); fits {
		return fmt.Sprintf("__polycode.Uint(%s)", name)
	}
	return fmt.Sprintf("__polycode.Great(%q)", value.ExactString())
}

// The value of a constant that depends on nothing but others of no type; none of any other.
func (c constants) value(name string) constant.Value {
	of := c[name]
	if of == nil || of.isOpened {
		return nil
	}
	if of.value == nil {
		of.isOpened = true
		of.value = c.evaluated(of.from, of.line)
		of.isOpened = false
	}
	return of.value
}

// Integers of the library that are greater than they may seem.
var limits = map[string]constant.Value{
	"MaxInt": constant.MakeInt64(math.MaxInt64), "MinInt": constant.MakeInt64(math.MinInt64),
	"MaxInt64": constant.MakeInt64(math.MaxInt64), "MinInt64": constant.MakeInt64(math.MinInt64),
	"MaxInt32": constant.MakeInt64(math.MaxInt32), "MinInt32": constant.MakeInt64(math.MinInt32),
	"MaxUint": constant.MakeUint64(math.MaxUint64), "MaxUint64": constant.MakeUint64(math.MaxUint64),
	"MaxUint32": constant.MakeUint64(math.MaxUint32),
}

// Bits that are shifted at most.
const widest = 1_000

func (c constants) evaluated(of ast.Expr, line int) constant.Value {
	switch of := of.(type) {
	case *ast.BasicLit:
		return known(constant.MakeFromLiteral(of.Value, of.Kind, 0))
	case *ast.ParenExpr:
		return c.evaluated(of.X, line)
	case *ast.Ident:
		if c[of.Name] == nil && of.Name == "iota" {
			return constant.MakeInt64(int64(line))
		}
		return c.value(of.Name)
	case *ast.SelectorExpr:
		if from, is := of.X.(*ast.Ident); is && from.Name == "math" {
			return limits[of.Sel.Name]
		}
	case *ast.UnaryExpr:
		if x := c.evaluated(of.X, line); x != nil && (x.Kind() == constant.Int || of.Op != token.XOR) && x.Kind() != constant.Bool && x.Kind() != constant.String {
			return known(constant.UnaryOp(of.Op, x, 0))
		}
	case *ast.BinaryExpr:
		return operated(c.evaluated(of.X, line), of.Op, c.evaluated(of.Y, line))
	}
	return nil
}

func known(value constant.Value) constant.Value {
	if value.Kind() == constant.Unknown {
		return nil
	}
	return value
}

// What an operator makes of numbers; none where it makes nothing of them, which the compiler will tell.
func operated(x constant.Value, operator token.Token, y constant.Value) constant.Value {
	if x == nil || y == nil || !isNumber(x) || !isNumber(y) {
		return nil
	}
	areWhole := x.Kind() == constant.Int && y.Kind() == constant.Int
	switch operator {
	case token.SHL, token.SHR:
		count, fits := constant.Uint64Val(constant.ToInt(y))
		if x = constant.ToInt(x); fits && count < widest && x.Kind() == constant.Int {
			return known(constant.Shift(x, operator, uint(count)))
		}
	case token.QUO, token.REM:
		if constant.Sign(y) == 0 || operator == token.REM && !areWhole {
			return nil
		}
		if areWhole && operator == token.QUO {
			operator = token.QUO_ASSIGN
		}
		return known(constant.BinaryOp(x, operator, y))
	case token.ADD, token.SUB, token.MUL:
		return known(constant.BinaryOp(x, operator, y))
	case token.AND, token.OR, token.XOR, token.AND_NOT:
		if areWhole {
			return known(constant.BinaryOp(x, operator, y))
		}
	}
	return nil
}

func isNumber(of constant.Value) bool {
	return of.Kind() == constant.Int || of.Kind() == constant.Float
}
