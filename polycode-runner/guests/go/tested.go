package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"strings"
)

// The package that does what tests ask of a program.
const testing = "bootstrap/go/internal/tested"

// What a package declares at its top, as far as it must be known to be named.
type declarations struct {
	constants constants
	// The types by their names, and the methods in the order of the files.
	types   map[string]*ast.TypeSpec
	methods []method
	// What is said of names, in the order of the files.
	names []string
}

// A method, and what the type is called that it is declared for.
type method struct{ receiver, name string }

// The text that tells tests what a package declares at its top; the main package does then what they ask
// for, before its main function would run.
func testedBy(own, folder, name string, files []string) string {
	d := declarations{constants: constants{}, types: map[string]*ast.TypeSpec{}}
	trees := parsed(files)
	for _, tree := range trees {
		d.collect(tree)
	}
	hasMain := false
	for _, tree := range trees {
		for _, declaration := range tree.Decls {
			switch of := declaration.(type) {
			case *ast.FuncDecl:
				hasMain = hasMain || of.Recv == nil && of.Name.Name == "main"
				d.function(of)
			case *ast.GenDecl:
				d.specs(of)
			}
		}
	}
	then := ""
	if own == "main" {
		then = "; __polycode.Run()"
	}
	text := fmt.Sprintf("package %s\n\nimport __polycode \"%s\"\n\n"+
		"func init() { __polycode.Package(%q, %q, []__polycode.Name{%s})%s }\n",
		name, testing, own, path.Clean(folder), strings.Join(d.names, ", "), then)
	if own == "main" && !hasMain {
		text += "\nfunc main() {}\n"
	}
	return text
}

// Notes what other declarations may depend on.
func (d *declarations) collect(tree *ast.File) {
	for _, declaration := range tree.Decls {
		switch of := declaration.(type) {
		case *ast.FuncDecl:
			if receiver := receiverOf(of); receiver != "" && of.Name.Name != "_" {
				d.methods = append(d.methods, method{receiver, of.Name.Name})
			}
		case *ast.GenDecl:
			for _, spec := range of.Specs {
				if spec, is := spec.(*ast.TypeSpec); is {
					d.types[spec.Name.Name] = spec
				}
			}
			if of.Tok == token.CONST {
				d.constants.collect(of)
			}
		}
	}
}

// The type that a method is declared for, if it has no parameters.
func receiverOf(of *ast.FuncDecl) string {
	if of.Recv == nil || len(of.Recv.List) != 1 {
		return ""
	}
	kind := ast.Unparen(of.Recv.List[0].Type)
	if pointer, is := kind.(*ast.StarExpr); is {
		kind = ast.Unparen(pointer.X)
	}
	if name, is := kind.(*ast.Ident); is {
		return name.Name
	}
	return ""
}

func (d *declarations) add(name, value string) {
	if name != "_" {
		d.names = append(d.names, fmt.Sprintf("{%q, %s}", name, value))
	}
}

func (d *declarations) function(of *ast.FuncDecl) {
	switch {
	case of.Recv != nil, of.Name.Name == "init":
	case of.Type.TypeParams != nil:
		d.add(of.Name.Name, "__polycode.Generic{}")
	default:
		d.add(of.Name.Name, of.Name.Name)
	}
}

func (d *declarations) specs(of *ast.GenDecl) {
	for _, spec := range of.Specs {
		switch spec := spec.(type) {
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				if of.Tok == token.CONST {
					d.add(name.Name, d.constants.written(name.Name))
				} else {
					d.add(name.Name, fmt.Sprintf("__polycode.Variable{&%s}", name.Name))
				}
			}
		case *ast.TypeSpec:
			d.kind(spec)
		}
	}
}

func (d *declarations) kind(of *ast.TypeSpec) {
	name := of.Name.Name
	switch {
	case of.TypeParams != nil:
		d.add(name, "__polycode.Generic{}")
	case !d.isConstraint(of.Type, nil):
		methods := ""
		if !of.Assign.IsValid() && !d.isInterfaceOrPointer(of.Type, nil) {
			for _, method := range d.methods {
				if d.base(method.receiver) == name {
					methods += fmt.Sprintf("__polycode.Name{%q, (*%s).%s}, ", method.name, name, method.name)
				}
			}
		}
		d.add(name, fmt.Sprintf("__polycode.Type[%s](%s)", name, strings.TrimSuffix(methods, ", ")))
	}
}

// The type that a name of the package stands for; none where it is seen already, or nobody's own.
func (d *declarations) meant(name string, seen []string) (of ast.Expr, then []string) {
	for _, before := range seen {
		if before == name {
			return nil, seen
		}
	}
	if spec := d.types[name]; spec != nil {
		return spec.Type, append(seen, name)
	}
	return nil, seen
}

// The name of a type that may have other names.
func (d *declarations) base(name string) string {
	for range d.types {
		spec := d.types[name]
		if spec == nil || !spec.Assign.IsValid() {
			break
		}
		other, is := ast.Unparen(spec.Type).(*ast.Ident)
		if !is {
			break
		}
		name = other.Name
	}
	return name
}

func (d *declarations) isInterfaceOrPointer(of ast.Expr, seen []string) bool {
	switch of := ast.Unparen(of).(type) {
	case *ast.InterfaceType, *ast.StarExpr:
		return true
	case *ast.Ident:
		meant, seen := d.meant(of.Name, seen)
		return meant != nil && d.isInterfaceOrPointer(meant, seen)
	}
	return false
}

// Whether a type can only be asked of types of parameters, and nothing can have it.
func (d *declarations) isConstraint(of ast.Expr, seen []string) bool {
	switch of := ast.Unparen(of).(type) {
	case *ast.Ident:
		if meant, seen := d.meant(of.Name, seen); meant != nil {
			return d.isConstraint(meant, seen)
		}
		return of.Name == "comparable" && d.types[of.Name] == nil
	case *ast.SelectorExpr:
		from, is := of.X.(*ast.Ident)
		return is && from.Name == "cmp" && of.Sel.Name == "Ordered"
	case *ast.InterfaceType:
		for _, element := range of.Methods.List {
			if len(element.Names) == 0 && (d.isConstraint(element.Type, seen) || !d.isInterface(element.Type, seen)) {
				return true
			}
		}
	}
	return false
}

// Whether a type that is embedded in an interface is one itself: if not, only certain types are meant.
func (d *declarations) isInterface(of ast.Expr, seen []string) bool {
	switch of := ast.Unparen(of).(type) {
	case *ast.InterfaceType, *ast.SelectorExpr:
		return true
	case *ast.Ident:
		meant, seen := d.meant(of.Name, seen)
		return meant != nil && d.isInterface(meant, seen) || meant == nil && (of.Name == "error" || of.Name == "any")
	case *ast.IndexExpr, *ast.IndexListExpr:
		return true
	}
	return false
}
