module bootstrap/go

go 1.27
