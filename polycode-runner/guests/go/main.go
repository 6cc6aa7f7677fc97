// The compiler and the linker of Go in one module, and what tells how they are called for a program.
//
// Its module is called bootstrap/…, which Go's own build allows to use the internal packages of its
// tools.
package main

import (
	"bytes"
	"cmd/compile/internal/base"
	"cmd/compile/internal/gc"
	compiler "cmd/compile/internal/wasm"
	"cmd/link/internal/ld"
	linker "cmd/link/internal/wasm"
	"flag"
	"fmt"
	"log"
	"os"
	"runtime/debug"
	"strings"
)

const (
	// What each call makes.
	out = "/tmp/out"
	// Where the compiled standard library is, and the names of its packages.
	library  = "/usr/lib/go/"
	packages = library + "packages"
	// Where compiled packages are, as the compiler and the linker are told.
	importcfg = "/tmp/importcfg"
)

func main() {
	// Collecting garbage takes longer than what most programs need until they are done.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(768 << 20)
	log.SetFlags(0)
	// The compiler tells what is wrong on standard output.
	os.Stdout = os.Stderr
	if isTested := os.Args[0] == "tested"; isTested || os.Args[0] == "plan" {
		plan(os.Args[1], isTested, os.Args[2:])
		return
	}
	find(os.Args[1])
	os.Args = append(os.Args[:1], os.Args[2:]...)
	if os.Args[0] == "link" {
		ld.Main(linker.Init())
		return
	}
	// The linker's flags, some of which have the names of the compiler's.
	flag.CommandLine = flag.NewFlagSet("compile", flag.ExitOnError)
	gc.Main(compiler.Init)
	base.Exit(0)
}

// Writes down where packages are: those of the library, and those of the program, as path=file and
// separated by spaces.
func find(own string) {
	var list bytes.Buffer
	for _, path := range standard() {
		fmt.Fprintf(&list, "packagefile %s=%s%s.a\n", path, library, path)
	}
	for _, pair := range strings.Fields(own) {
		fmt.Fprintf(&list, "packagefile %s\n", pair)
	}
	if err := os.WriteFile(importcfg, list.Bytes(), 0o600); err != nil {
		log.Fatal(err)
	}
}

// The paths of the packages of the standard library.
func standard() []string {
	text, err := os.ReadFile(packages)
	if err != nil {
		log.Fatal(err)
	}
	return strings.Fields(string(text))
}
