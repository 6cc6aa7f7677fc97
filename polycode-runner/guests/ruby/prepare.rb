# Makes Ruby ready for programs; it is evaluated once, before the memory is kept as a snapshot.
#
# Each run begins with `$polycode` in a copy of that memory, so what is loaded or warmed up here
# costs a run nothing. What must differ between runs, or must not be seen by the program, is set
# in `start`.

# Loaded for the programs that will want them.
%w[
  date delegate digest English erb forwardable json monitor optparse pp securerandom set singleton
  stringio strscan tempfile time timeout tsort uri
].each { |name| require name }

module Polycode
  BOX = "/box"
  ANSWER = "/run/answer"
  # Frames that are not the program's: ours, the library's, and those of what is built in.
  FOREIGN = %r{\A(?:/usr/local/lib/|<internal:|eval:|-e:)|\A[^:]*:in 'Kernel.eval'\z}
  # Methods that a program may define anew for itself, as they are now.
  FULL_MESSAGE = Exception.instance_method(:full_message)
  BACKTRACE = Exception.instance_method(:backtrace)
  SET_BACKTRACE = Exception.instance_method(:set_backtrace)
  CAUSE = Exception.instance_method(:cause)
  WRITE = IO.instance_method(:write)
  GENERATE = JSON.method(:generate)
  EXIT = Process.method(:exit!)
  COMPILE = RubyVM::InstructionSequence.method(:compile)
  MAIN = TOPLEVEL_BINDING.receiver
  STDERR = ::STDERR
  # How deeply the value of a function may be nested.
  DEEP = 100

  @last = []

  class << self
    # Does what /run/request.json asks for, and ends the run.
    def start
      request = JSON.parse(File.read("/run/request.json"), max_nesting: false)
      # The snapshot's random numbers would be the same for every seed of a run.
      Random.srand
      Dir.chdir(BOX)
      entry = request["entry"]
      mode = request["mode"]
      code =
        case mode
        when "check" then check(request["sources"])
        when "call" then guarded { call(entry, request["call"]) }
        else guarded { run(entry, request["args"]) }
        end
      finish(code)
    end

    def at_exit(&block)
      @last.push(block)
      block
    end

    private

    # Compiles every source; what is wrong with them goes into the answer.
    def check(names)
      $VERBOSE = nil
      problems = names.filter_map do |name|
        compile(name)
        nil
      rescue SyntaxError => error
        "#{error.message.chomp}\n"
      rescue SystemStackError
        "#{name}: too deeply nested to be compiled\n"
      rescue ArgumentError => error
        "#{name}: #{error.message}\n"
      end
      File.write(ANSWER, problems.join("\n").scrub) unless problems.empty?
      0
    end

    # The name is the one that its author gave it, and the place is where files beside it are.
    def compile(name)
      path = "#{BOX}/#{name}"
      COMPILE.call(File.read(path, mode: "r:bom|utf-8"), name, path)
    end

    def run(entry, args)
      ARGV.replace(args)
      $0 = entry
      program = compile(entry)
      lay_out_data("#{BOX}/#{entry}")
      program.eval
      0
    end

    # What follows `__END__` in the main program is there as `DATA`.
    def lay_out_data(path)
      at = File.binread(path).match(/^__END__\r?(?:\n|\z)/)&.end(0) or return
      data = File.open(path)
      data.seek(at)
      Object.const_set(:DATA, data)
    end

    # Loads a file and calls a method of its top level; its value goes into the answer as JSON.
    def call(entry, request)
      name = request["function"]
      compile(entry).eval
      unless defined_by_program?(name)
        tell("#{entry} has no method named '#{name}'\n")
        return 1
      end
      value = MAIN.__send__(name, *request["args"])
      begin
        text = GENERATE.call(value, strict: true, max_nesting: DEEP)
      rescue StandardError, SystemStackError => error
        tell("what #{name} returned is not JSON: #{error.message.scrub.lines.first&.chomp}\n")
        return 1
      end
      File.write(ANSWER, text)
      0
    end

    def defined_by_program?(name)
      place = Kernel.instance_method(:method).bind_call(MAIN, name).source_location
      place && !place.first.match?(FOREIGN)
    rescue NameError
      false
    end

    # The exit code of a block, whatever it raises.
    def guarded
      yield
    rescue SystemExit => error
      error.status
    rescue NoMemoryError => error
      tell("#{error.message} (NoMemoryError)\n")
      1
    rescue Exception => error
      report(error)
      1
    end

    # Writes an exception as Ruby would, with the program's own frames and file names only.
    def report(error)
      begin
        seen = []
        at = error
        while at && !seen.include?(at.object_id)
          seen << at.object_id
          tidy(at)
          at = CAUSE.bind_call(at)
        end
        text = FULL_MESSAGE.bind_call(error, highlight: false, order: :top)
      rescue Exception
        text = "#{error.class}: its message can't be shown"
      end
      text = "#{text}\n" unless text.end_with?("\n")
      tell(text)
    end

    def tidy(error)
      frames = BACKTRACE.bind_call(error) or return
      frames = frames.reject { |frame| frame.match?(FOREIGN) }
      frames.map! { |frame| frame.delete_prefix("#{BOX}/").sub(/<compiled>'\z/, "<main>'") }
      SET_BACKTRACE.bind_call(error, frames)
    rescue FrozenError
      # It stays as it is.
    end

    # Writes to standard error, wherever the program has that pointed at.
    def tell(text)
      $stderr.write(text)
    rescue Exception
      WRITE.bind_call(STDERR, text)
    end

    # Ends the run as the interpreter would: what is to be done at the exit, then the last output.
    def finish(code)
      until @last.empty?
        ended = guarded do
          @last.pop.call
          nil
        end
        code = ended if ended
      end
      [$stdout, $stderr].each do |stream|
        stream.flush
      rescue Exception
        # It may be anything that has a `write`.
      end
      EXIT.call(code)
    end
  end
end

module Kernel
  # The interpreter never ends in the sandbox, a run does.
  def at_exit(&block)
    raise ArgumentError, "called without block" unless block

    Polycode.at_exit(&block)
  end
  private :at_exit

  def self.at_exit(&block) = Polycode.at_exit(&block)
end

# Methods with blocks by which programs descend into trees. As they are built in, each level of them
# takes a level of the machine's stack, of which a few hundred are all that there are.
class Array
  def each
    return to_enum(:each) { size } unless block_given?

    at = 0
    while at < size
      yield self[at]
      at += 1
    end
    self
  end

  def each_with_index
    return to_enum(:each_with_index) { size } unless block_given?

    at = 0
    while at < size
      yield self[at], at
      at += 1
    end
    self
  end

  def map
    return to_enum(:map) { size } unless block_given?

    made = []
    at = 0
    while at < size
      made << (yield self[at])
      at += 1
    end
    made
  end
  alias collect map

  def select
    return to_enum(:select) { size } unless block_given?

    chosen = []
    at = 0
    while at < size
      element = self[at]
      chosen << element if yield element
      at += 1
    end
    chosen
  end
  alias filter select
end

# Output that is not written yet is lost when a run is stopped.
STDOUT.sync = true
STDERR.sync = true

# Ways that most programs take, for the caches on them.
begin
  [].fetch(1)
rescue IndexError => error
  error.full_message(highlight: false)
end
JSON.generate(JSON.parse('{"a": [1, 2.5, null, true, "é"]}'), strict: true)
format("%.2f %s", 1.5, :x)
Time.now.strftime("%A")
"a = 1".gsub(/(\w+)\s*=\s*(\d+)/, '\2')

$polycode = Polycode.method(:start)
Process.warmup
