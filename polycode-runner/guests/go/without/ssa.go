// The rules of other machines, which the compiler has no use for here.
package ssa

func rewriteBlock386(*Block) bool { return false }

func rewriteBlockAMD64(*Block) bool { return false }

func rewriteBlockAMD64latelower(*Block) bool { return false }

func rewriteBlockARM(*Block) bool { return false }

func rewriteBlockARM64(*Block) bool { return false }

func rewriteBlockARM64latelower(*Block) bool { return false }

func rewriteBlockLOONG64(*Block) bool { return false }

func rewriteBlockLOONG64latelower(*Block) bool { return false }

func rewriteBlockMIPS(*Block) bool { return false }

func rewriteBlockMIPS64(*Block) bool { return false }

func rewriteBlockMIPS64latelower(*Block) bool { return false }

func rewriteBlockPPC64(*Block) bool { return false }

func rewriteBlockPPC64latelower(*Block) bool { return false }

func rewriteBlockRISCV64(*Block) bool { return false }

func rewriteBlockRISCV64latelower(*Block) bool { return false }

func rewriteBlockS390X(*Block) bool { return false }

func rewriteValue386(*Value) bool { return false }

func rewriteValue386splitload(*Value) bool { return false }

func rewriteValueAMD64(*Value) bool { return false }

func rewriteValueAMD64latelower(*Value) bool { return false }

func rewriteValueAMD64splitload(*Value) bool { return false }

func rewriteValueARM(*Value) bool { return false }

func rewriteValueARM64(*Value) bool { return false }

func rewriteValueARM64latelower(*Value) bool { return false }

func rewriteValueLOONG64(*Value) bool { return false }

func rewriteValueLOONG64latelower(*Value) bool { return false }

func rewriteValueMIPS(*Value) bool { return false }

func rewriteValueMIPS64(*Value) bool { return false }

func rewriteValueMIPS64latelower(*Value) bool { return false }

func rewriteValuePPC64(*Value) bool { return false }

func rewriteValuePPC64latelower(*Value) bool { return false }

func rewriteValueRISCV64(*Value) bool { return false }

func rewriteValueRISCV64latelower(*Value) bool { return false }

func rewriteValueS390X(*Value) bool { return false }
