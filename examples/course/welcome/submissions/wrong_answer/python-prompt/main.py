# The question is printed too, and becomes part of the output.
name = input("What is your name? ")
print(f"Hello, {name}!")
