// The vector instructions of other machines, which the compiler has no use for here.
package ssagen

import "cmd/internal/sys"

func simdAMD64Intrinsics(func(pkg, fn string, b intrinsicBuilder, archFamilies ...sys.ArchFamily)) {}

func simdARM64Intrinsics(func(pkg, fn string, b intrinsicBuilder, archFamilies ...sys.ArchFamily)) {}
