package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"strings"
)

const (
	// What the name of a file ends with that is added to a package: no name of a source file, so that it is
	// none of the program's own.
	more = "more"
	// The package that does it; programs can't import what is internal.
	calling = "bootstrap/go/internal/call"
)

// The text that calls the functions of the package with these files, before its main function would be.
func (p *program) callerOf(files []string) string {
	found := declared(files)
	var table strings.Builder
	for _, name := range p.functions {
		switch declaration := found[name].(type) {
		case *ast.FuncDecl:
			if declaration.Type.TypeParams != nil {
				log.Fatalf("function %s has type parameters: nothing says which types it is to be called with", name)
			}
		case *ast.ValueSpec:
		default:
			log.Fatalf("package main has no function named '%s'", name)
		}
		fmt.Fprintf(&table, "{\"%s\", %s}, ", name, name)
	}
	text := fmt.Sprintf("package main\n\nimport __polycode \"%s\"\n\n"+
		"func init() { __polycode.Run([]__polycode.Function{%s}) }\n", calling, table.String())
	if found["main"] == nil {
		text += "\nfunc main() {}\n"
	}
	return text
}

// What a package declares at its top that can be called: functions, and variables that may hold one.
func declared(files []string) map[string]ast.Node {
	found := map[string]ast.Node{}
	for _, tree := range parsed(files) {
		for _, declaration := range tree.Decls {
			switch of := declaration.(type) {
			case *ast.FuncDecl:
				if of.Recv == nil && of.Name.Name != "init" {
					found[of.Name.Name] = of
				}
			case *ast.GenDecl:
				for _, spec := range of.Specs {
					if values, is := spec.(*ast.ValueSpec); is && of.Tok == token.VAR {
						for _, name := range values.Names {
							found[name.Name] = values
						}
					}
				}
			}
		}
	}
	delete(found, "_")
	return found
}

// The trees of files. What is wrong with one is told by the compiler.
func parsed(files []string) (trees []*ast.File) {
	for _, file := range files {
		if tree, _ := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution); tree != nil {
			trees = append(trees, tree)
		}
	}
	return trees
}
