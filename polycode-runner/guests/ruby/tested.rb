# The program that is tested: it does what tests ask for on the line.

module Polycode
  # What is only there to be walked through.
  Walk = Struct.new(:items, :at)

  # The program itself, of which tests import what they name.
  PROGRAM = Object.new

  # What tests can do with a value.
  module Operations
    PLAIN = {
      "add" => :+, "sub" => :-, "mul" => :*, "truediv" => :/, "mod" => :%, "pow" => :**, "and" => :&, "or" => :|, "xor" => :^,
      "lshift" => :<<, "rshift" => :>>, "eq" => :==, "lt" => :<, "le" => :<=, "gt" => :>, "ge" => :>=, "neg" => :-@,
      "pos" => :+@, "invert" => :~, "abs" => :abs, "divmod" => :divmod, "round" => :round, "getitem" => :[],
      "setitem" => :[]=, "delitem" => :delete, "contains" => :include?, "str" => :to_s, "repr" => :inspect,
      "isinstance" => :is_a?
    }.freeze

    def apply(name, value, *others)
      case name
      when *PLAIN.keys then sent(value, PLAIN[name], *others)
      when "floordiv" then (value / others.first).floor
      when "len" then sent(value, value.respond_to?(:size) ? :size : :length)
      when "bool" then value ? true : false
      when "int", "index" then Integer(value)
      when "float" then Float(value)
      when "iter" then Walk.new(sent(value, :each_entry).to_a, 0)
      when "reversed" then Walk.new(sent(value, :reverse_each).to_a, 0)
      when "step" then step(value)
      when "await" then value
      when "has" then !attribute(value, others.first).nil? rescue false
      when "keys" then value.instance_variables.map { |variable| variable.name.delete_prefix("@") }
      when "primitive" then others.first != "string" && value.respond_to?(:to_f) ? value.to_f : value.to_s
      when "format" then others.first == "" ? value.to_s : raise(TypeError, "an object of Ruby has no format '#{others.first}'")
      when /\A[ri](\w+)\z/ then apply_other_way(name, value, *others)
      else raise TypeError, "there is no #{name} of an object of Ruby"
      end
    end

    private

    def sent(value, method, *args)
      raise TypeError, "an object of #{value.class} has no `#{method}`" unless value.respond_to?(method)

      value.public_send(method, *args)
    end

    # `rsub` is `sub` with the sides exchanged, and `isub` is `sub`.
    def apply_other_way(name, value, other)
      plain = name[1..]
      return apply(plain, value, other) if name.start_with?("i")

      apply(plain, other, value)
    end

    def step(walk)
      return [] if walk.at >= walk.items.size

      walk.at += 1
      [walk.items[walk.at - 1]]
    end
  end

  # The program's end of the line.
  class Tested < Line
    include Operations

    PRINTED = []

    def initialize
      super
      # The methods of the top level that are not the program's.
      @before = Object.private_instance_methods(false)
      @constants = Object.constants
    end

    def work
      while (request = receive)
        serve(request)
      end
    rescue Gone
      # Nobody waits any more.
    end

    private

    def perform(request)
      case request["do"]
      when "load" then { value: load_file(request["name"]) }
      when "get" then { value: encode(attribute(decode(request["of"]), request["name"])) }
      when "set"
        decode(request["of"]).public_send("#{request["name"]}=", decode(request["value"]))
        { value: nil }
      when "apply" then { value: encode(apply(request["name"], *request["args"].map { |arg| decode(arg) })) }
      when "names" then { value: names }
      when "printed" then { value: PRINTED.slice!(0..).join }
      else call(request)
      end
    end

    # A function of the tests; nothing else of theirs can be used.
    def remote(told)
      @remotes[told["ref"]] ||= begin
        of = { yours: told["ref"] }
        made = proc { |*args, **named| value(do: "call", of:, args: args.map { |arg| encode(arg) }, **given(named)) }
        @theirs[made] = told["ref"]
        made
      end
    end

    # An exception of the other side, to be raised here.
    def exception(told)
      return @known[told["yours"]] if told.key?("yours")

      error = RuntimeError.new(told["text"].to_s)
      @theirs[error] = told["of"] if told["of"]
      error
    end

    # All files of a program have one top level.
    def load_file(name)
      folder = File.dirname(ARGV.first)
      name = name.delete_suffix(".rb")
      found = [name, "#{folder}/#{name}"].map { |path| "#{path}.rb" }.find { |path| File.file?("#{BOX}/#{path}") }
      return reference(PROGRAM) if !found && File.directory?("#{BOX}/#{name}")
      raise LoadError, "the program has no file #{name}.rb" unless found

      path = "#{BOX}/#{found.delete_prefix("./")}"
      unless $LOADED_FEATURES.include?(path)
        $LOADED_FEATURES << path
        COMPILE.call(File.read(path, mode: "r:bom|utf-8"), found.delete_prefix("./"), path).eval
      end
      reference(PROGRAM)
    end

    # What has a name: a constant, the value that a reader gives, or a method; one whose name ends with
    # `?` or `!` is found without that.
    def attribute(of, name)
      raise absent(of, name) if name.start_with?("__")

      is_program = of.equal?(PROGRAM)
      place = is_program ? Object : of
      return place.const_get(name) if name.match?(/\A[A-Z]/) && place.is_a?(Module) && place.const_defined?(name)

      of = MAIN if is_program
      named = [name, "#{name}?", "#{name}!"].find { |known| is_program ? own?(known) : of.respond_to?(known) }
      raise absent(of, name) unless named

      method = of.method(named)
      reads?(of, method) ? method.call : method
    end

    def absent(of, name)
      what = of.equal?(PROGRAM) || of.equal?(MAIN) ? "the program" : "an object of #{of.class}"
      Absent.new("#{what} has no '#{name}'")
    end

    # Whether the program has defined a method at its top level.
    def own?(name)
      Object.private_method_defined?(name, false) && !@before.include?(name.to_sym)
    end

    # Whether all that a method does is to read a field.
    def reads?(of, method)
      return false unless method.arity.zero?
      return true if of.is_a?(Struct) && of.members.include?(method.name)
      return true if of.is_a?(Data) && of.class.members.include?(method.name)

      !method.source_location.nil? && RubyVM::InstructionSequence.of(method).nil?
    end

    def names
      methods = Object.private_instance_methods(false) - @before
      (methods + (Object.constants - @constants)).map(&:name)
    end

    def call(request)
      of = decode(request["of"])
      args = request["args"].map { |arg| decode(arg) }
      named = (request["named"] || {}).to_h { |name, value| [name.to_sym, decode(value)] }
      before = args.map { |arg| encode(arg) if open?(arg) }
      value = called(of, args, named)
      changed = args.each_index.filter_map do |at|
        now = before[at] && encode(args[at])
        [at, now] unless now == before[at]
      end
      { value: encode(value), **(changed.empty? ? {} : { changed: }) }
    end

    # What a function may change for its caller where it is an argument.
    def open?(arg)
      arg.instance_of?(Array) || arg.instance_of?(Hash) || arg.instance_of?(Set)
    end

    # A function that comes last and has no parameter is the block.
    def called(of, args, named)
      method = of.is_a?(Class) ? of.instance_method(:initialize) : of
      *others, last = args
      return create(of, args, named) unless last.is_a?(Proc) && method.respond_to?(:parameters)

      kinds = method.parameters.map(&:first)
      most = kinds.include?(:rest) ? Float::INFINITY : kinds.count { |kind| %i[req opt].include?(kind) }
      most < args.size ? create(of, others, named, &last) : create(of, args, named)
    end

    def create(of, args, named, &)
      of.is_a?(Class) ? of.new(*args, **named, &) : of.call(*args, **named, &)
    end
  end

  # What is printed is heard by tests, too.
  def STDOUT.write(*texts)
    Tested::PRINTED.concat(texts.map(&:to_s))
    super
  end
end

Polycode::Tested.new.work
