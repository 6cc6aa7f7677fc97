package tested

import (
	"fmt"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
)

// A Name is something that a package declares at its top.
type Name struct {
	Name string
	// A function, the value of a constant, or one of the types below.
	Value any
}

// A Variable is told by a pointer to it.
type Variable struct{ Pointer any }

// A Generic function or type has type parameters.
type Generic struct{}

// Int is an integer constant of no type, whichever it would be given.
type Int int64

// Uint is one that is greater.
type Uint uint64

// Great is one that is greater still, as its digits.
type Great string

// A Class is a type that has a name, and its methods: as functions that take a pointer to it first.
type Class struct {
	of      reflect.Type
	methods []Name
}

// Type is the class of a type.
func Type[T any](methods ...Name) *Class {
	return &Class{reflect.TypeFor[T](), methods}
}

// A space is a package of the program.
type space struct {
	path, folder string
	names        map[string]any
}

var (
	spaces []*space
	// The classes of types, and the spaces that they are in.
	classes = map[reflect.Type]*Class{}
	homes   = map[*Class]*space{}
	// Errors that variables hold from the start, and the names of these.
	sentinels = map[any]string{}
)

// Package says what a package of the program declares at its top, and in which folder.
func Package(path, folder string, names []Name) {
	made := &space{path, folder, map[string]any{}}
	spaces = append(spaces, made)
	for _, each := range names {
		made.names[each.Name] = each.Value
		switch it := each.Value.(type) {
		case *Class:
			// Not another name of it.
			if classes[it.of] == nil && it.of.Name() == each.Name {
				classes[it.of], homes[it] = it, made
			}
		case Variable:
			err, is := reflect.ValueOf(it.Pointer).Elem().Interface().(error)
			if is && err != nil && reflect.TypeOf(err).Comparable() && sentinels[err] == "" {
				sentinels[err] = each.Name
			}
		}
	}
}

// The package that a file is of which tests ask for, or a folder.
func load(name string) *space {
	name = strings.TrimSuffix(path.Clean(name), ".go")
	for _, under := range []string{".", path.Dir(os.Args[1])} {
		at := path.Join(under, name)
		about, err := os.Stat("/box/" + at)
		isFolder := err == nil && about.IsDir()
		if _, err := os.Stat("/box/" + at + ".go"); err != nil && !isFolder {
			continue
		}
		for _, folder := range []string{at, path.Dir(at)} {
			for _, each := range spaces {
				if each.folder == folder {
					return each
				}
			}
		}
		if isFolder {
			// One on the way to others: of the program, and nothing by itself.
			return &space{folder: at}
		}
	}
	panic(refuse("ModuleNotFoundError", "the program has no file %s.go", name))
}

// What a package has by a name.
func (s *space) get(name string) reflect.Value {
	found, isThere := s.names[name]
	if !isThere {
		panic(refuse("AttributeError", "the program has no '%s'", name))
	}
	switch it := found.(type) {
	case Variable:
		return reflect.ValueOf(it.Pointer).Elem()
	case *Class:
		if own := classes[it.of]; own != nil {
			return reflect.ValueOf(own)
		}
	case Generic:
		panic(refuse("TypeError", "%s has type parameters: nothing says which types it is to have", name))
	}
	return reflect.ValueOf(found)
}

func (s *space) set(name string, told any) {
	of, is := s.names[name].(Variable)
	if !is {
		panic(refuse("AttributeError", "the program has no variable '%s'", name))
	}
	put(reflect.ValueOf(of.Pointer).Elem(), told, name)
}

// The names of what tests can use.
func names(of reflect.Value) []string {
	found := []string{}
	if at, is := of.Interface().(*space); is {
		for name, value := range at.names {
			if _, is := value.(Generic); !is {
				found = append(found, name)
			}
		}
	}
	slices.Sort(found)
	return found
}

// The function that makes values of a class: the one that is called as it is, after New.
func (c *Class) maker() (reflect.Value, bool) {
	home, name := homes[c], c.of.Name()
	if home == nil {
		return reflect.Value{}, false
	}
	for _, name := range []string{"New" + name, "new" + strings.ToUpper(name[:1]) + name[1:], "New" + strings.ToUpper(name[:1]) + name[1:]} {
		function := reflect.ValueOf(home.names[name])
		if function.Kind() != reflect.Func || function.Type().NumOut() == 0 {
			continue
		}
		if made := function.Type().Out(0); made == c.of || made == reflect.PointerTo(c.of) {
			return function, true
		}
	}
	return reflect.Value{}, false
}

// What a type is called: its own name, or what kind of type it is.
func nameOf(of reflect.Type) string {
	if of.Kind() == reflect.Pointer && of.Name() == "" {
		of = of.Elem()
	}
	if of.Name() != "" {
		return of.Name()
	}
	return fmt.Sprint(of.Kind())
}
