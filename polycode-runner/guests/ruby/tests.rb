# The tests: they are listed, or one of them is run.

module Polycode
  class << self
    # The line; none while tests are only listed.
    attr_accessor :line

    # The name by which a file of the program is asked for, where the tests have none of that name.
    def theirs(name, from)
      path = File.expand_path(name, from)
      return nil if [path, "#{path}.rb"].any? { |own| File.file?(own) } || !path.start_with?("#{BOX}/")

      path.delete_prefix("#{BOX}/")
    end

    def load(name)
      line ? line.load(name) : true
    end

    # What has a name at the top of the program.
    def top(name)
      return Later.new unless line

      found = line.find(name)
      found.nil? ? nil : [found]
    end
  end
end

module Kernel
  def describe(text, ...) = Minitest::Spec.describe(text, ...)
  private :describe

  alias polycode_require require

  # A library is Ruby's, a file is the tests' own, and all else is the program's.
  def require(name)
    return true if name.match?(%r{\A(?:minitest|test/unit|test-unit)(?:/|\z)})

    polycode_require(name)
  rescue LoadError
    Polycode.load(Polycode.theirs(name, Polycode::BOX) || raise)
  end

  def require_relative(name)
    from = File.expand_path(caller_locations(1, 1).first.path, Polycode::BOX)
    theirs = Polycode.theirs(name, File.dirname(from))
    theirs ? Polycode.load(theirs) : polycode_require(File.expand_path(name, File.dirname(from)))
  end
end

class Object
  # A constant that tests do not have is the program's.
  def self.const_missing(name)
    found = Polycode.top(name.name)
    return found if Polycode::Later === found
    return Polycode.line.decode(found.first) if found
    return Polycode.line.kind_named(name.name) if name.match?(/(?:Error|Exception)\z/)

    super
  end
end

module Polycode
  class << self
    # Runs one test, or tells which there are.
    def test
      entry, name = ARGV
      self.line = Tests.new if name
      $LOAD_PATH.unshift(BOX, File.dirname("#{BOX}/#{entry}"))
      told =
        begin
          found = found_in(entry)
          line ? passed(found.fetch(name)) : found.keys
        rescue StandardError, ScriptError, SystemStackError, Minitest::Assertion, Gone => error
          raise unless line

          { failed: why(error) }
        end
      told = { failed: why(line.broken) } if line&.broken
      File.write(ANSWER, GENERATE.call(told).scrub)
    end

    private

    def found_in(entry)
      COMPILE.call(File.read("#{BOX}/#{entry}", mode: "r:bom|utf-8"), entry, "#{BOX}/#{entry}").eval
      Minitest::Test::CLASSES.map(&:found).reduce({}) do |all, some|
        all.merge(some) { |name| raise "two tests are called #{name}" }
      end
    end

    def passed(test)
      test.call
      "passed"
    end

    # What made a test fail, in a few words.
    def why(error)
      text = error.message.to_s.scrub
      text = "#{error.class}: #{text}" unless error.is_a?(Minitest::Assertion) || error.is_a?(Gone)
      at = line.place(error)
      return "#{text} (#{at})" if at

      own = (error.backtrace || []).find { |frame| !frame.match?(FOREIGN) && !frame.include?($0) }
      own ? "#{own.delete_prefix("#{BOX}/")[/\A[^:]*:\d+/]}: #{text}" : text
    end
  end
end

Polycode.test
