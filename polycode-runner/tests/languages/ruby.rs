//! Ruby, as learners meet it. The runtime must be installed: `polycode install ruby`.

use crate::support::{Case, files, program, text};
use polycode_core::judging::Ending;
use serde_json::json;

fn rb(text: &str) -> Case {
    program("ruby", text)
}

#[test]
fn output_and_input() {
    assert_eq!(
        rb("puts 'hello', 1, 1.5, nil.inspect\np [1, 'a', :b], {a: nil}\nprint 'x', \"\\n\"\nprintf(\"%05.1f\\n\", 2.26)").output(),
        "hello\n1\n1.5\nnil\n[1, \"a\", :b]\n{a: nil}\nx\n002.3\n"
    );
    let echo =
        "name = gets.chomp\nwhile line = gets\n  puts \"#{name} #{line.chomp.size} #{line}\"\nend";
    assert_eq!(
        rb(echo).stdin("Zoë\n日本🎉\nb").output(),
        "Zoë 3 日本🎉\nZoë 1 b\n"
    );
    for source in [
        "p gets.split.sum(&:to_i)",
        "p $stdin.read.split.map(&:to_i).sum",
        "p STDIN.each_line.flat_map(&:split).sum(&:to_i)",
        "p ARGF.readlines.first.split.sum(&:to_i)",
        "p $<.read.split.sum(&:to_i)",
        "p readlines(chomp: true)[0].split.sum(&:to_i)",
    ] {
        assert_eq!(rb(source).stdin("1 2 3\n").output(), "6\n", "{source}");
    }
    let seen =
        rb("warn 'a'\n$stderr.puts 'b'\nSTDOUT.write('c')\n$stdout = $stderr\nputs 'd'").run();
    assert_eq!(
        (text(&seen.stdout), text(&seen.stderr)),
        ("c".to_owned(), "a\nb\nd\n".to_owned())
    );
    let ended = rb("readline").failed(1);
    assert_eq!(
        ended,
        "main.rb:1:in 'ARGF.class#readline': end of file reached (EOFError)\n\tfrom main.rb:1:in 'Kernel#readline'\n\tfrom main.rb:1:in '<main>'\n"
    );
}

#[test]
fn arguments_files_and_exit_codes() {
    assert_eq!(
        rb("p ARGV, $0, __FILE__, __dir__, $PROGRAM_NAME == __FILE__, ENV.to_h")
            .args(&["a", "b c"])
            .output(),
        "[\"a\", \"b c\"]\n\"main.rb\"\n\"main.rb\"\n\"/box\"\ntrue\n{}\n"
    );
    for (source, code, words) in [
        ("exit 3", 3, ""),
        ("exit false", 1, ""),
        ("abort 'bye'", 1, "bye\n"),
        ("exit! 7", 7, ""),
        ("at_exit { exit 4 }\nexit 3", 4, ""),
        ("begin; exit 5; ensure; $stderr.puts 'e'; end", 5, "e\n"),
    ] {
        assert_eq!(rb(source).failed(code), words, "{source}");
    }
    assert_eq!(
        rb("at_exit { puts 'last' }\nat_exit { puts 'first' }\nputs 'main'").output(),
        "main\nfirst\nlast\n"
    );
    let source = "File.write('out.txt', \"zwölf\\n\")\nprint File.read('out.txt')\nFile.open('out.txt', 'a') { |f| f.puts 1 }\n\
        p Dir.children('.').sort, Dir.pwd, File.readlines('out.txt', chomp: true), File.exist?('/etc/passwd')\nFile.delete('out.txt')\n\
        print DATA.read\n__END__\nthe data\n";
    assert_eq!(
        rb(source).output(),
        "zwölf\n[\"main.rb\", \"out.txt\"]\n\"/box\"\n[\"zwölf\", \"1\"]\nfalse\nthe data\n"
    );
}

#[test]
fn projects_of_several_files() {
    let project = [
        (
            "main.rb",
            "require_relative 'util'\nrequire_relative 'pkg/deep'\nrequire './late'\nputs f(2), Deep::NAME, LATE",
        ),
        ("util.rb", "def f(x) = x * 21"),
        (
            "pkg/deep.rb",
            "require_relative '../util'\nmodule Deep\n  NAME = 'deep'\nend",
        ),
        ("late.rb", "LATE = 'late'"),
    ];
    assert_eq!(files("ruby", &project).output(), "42\ndeep\nlate\n");
    let folder = [
        (
            "src/main.rb",
            "require_relative 'util'\nputs UTIL if __FILE__ == $0",
        ),
        ("src/util.rb", "UTIL = 'beside'"),
    ];
    assert_eq!(
        files("ruby", &folder).entry("src/main.rb").output(),
        "beside\n"
    );
    let missing = rb("require 'nosuch'").failed(1);
    assert_eq!(
        missing,
        "main.rb:1:in 'Kernel#require': cannot load such file -- nosuch (LoadError)\n\tfrom main.rb:1:in '<main>'\n"
    );
}

#[test]
fn an_error_names_the_users_files_and_lines() {
    let project = [
        (
            "main.rb",
            "require_relative 'util'\n\ndef f\n  [0].each { |x| g(x) }\nend\n\nf\n",
        ),
        ("util.rb", "def g(x)\n  1 / x\nend\n"),
    ];
    assert_eq!(
        files("ruby", &project).failed(1),
        "util.rb:2:in 'Integer#/': divided by 0 (ZeroDivisionError)\n\tfrom util.rb:2:in 'Object#g'\n\
         \tfrom main.rb:4:in 'block in Object#f'\n\tfrom main.rb:4:in 'Object#f'\n\tfrom main.rb:7:in '<main>'\n"
    );
    let caused = rb("class Mine < StandardError\n  def message = 'mine'\nend\nbegin\n  nil.upcase\nrescue => e\n  raise Mine\nend").failed(1);
    assert_eq!(
        caused,
        "main.rb:7:in '<main>': mine (Mine)\n\
         main.rb:5:in '<main>': undefined method 'upcase' for nil (NoMethodError)\n"
    );
    let library = rb("require 'json'\nJSON.parse('{')").failed(1);
    assert!(
        library.contains("main.rb:2:in '<main>'") && !library.contains("/usr/"),
        "{library}"
    );
    assert_eq!(
        rb("at_exit { raise 'late' }").failed(1),
        "main.rb:1:in 'block in <main>': late (RuntimeError)\n"
    );
    let odd =
        rb("class Odd < StandardError\n  def message = raise('no')\nend\nraise Odd").failed(1);
    assert!(odd.contains("Odd"), "{odd}");
}

#[test]
fn syntax_errors_are_found_before_anything_runs() {
    let one = rb("puts 'never'\nputs(1\nx = = 2\n").rejected();
    assert!(
        one.starts_with("main.rb:3: syntax error") && one.contains("> 3 | x = = 2"),
        "{one}"
    );
    let both = files(
        "ruby",
        &[
            ("main.rb", "require_relative 'u'\nif true"),
            ("u.rb", "def f(\n  'abc"),
        ],
    );
    let diagnostics = both.rejected();
    assert!(
        diagnostics.contains("main.rb:") && diagnostics.contains("u.rb:"),
        "{diagnostics}"
    );
    assert!(
        rb(&"(".repeat(2_000))
            .rejected()
            .contains("too many errors to list")
    );
    assert!(rb("break").rejected().contains("Invalid break"));
}

#[test]
fn functions_are_called_and_their_values_returned() {
    for source in [
        "def add(a, b) = a + b\nraise 'not now' if __FILE__ == $0",
        "private def add(a, b)\n  a + b\nend",
        "define_method(:add) { |a, b| a + b } rescue self.class.define_method(:add) { |a, b| a + b }",
    ] {
        assert_eq!(
            rb(source).call("add", json!([1, 2])).returned(),
            json!(3),
            "{source}"
        );
    }
    let echo = "def f(x, y, z) = { 'x' => x, n: [y.nil?, z], 't' => \"é\\n\\\"\", 'f' => 0.5, 'e' => [], big: 2**64 }";
    assert_eq!(
        rb(echo)
            .call(
                "f",
                json!([{"a": ["😀\u{7f}", 1.5, -2.5e-3]}, null, "é\\\"\n"])
            )
            .returned(),
        json!({"x": {"a": ["😀\u{7f}", 1.5, -0.0025]}, "n": [true, "é\\\"\n"], "t": "é\n\"", "f": 0.5, "e": [], "big": 18_446_744_073_709_551_616.0})
    );
    for missing in ["x = 1", "def g; end", "format = 1"] {
        let error = rb(missing).call("format", json!([])).failed(1);
        assert_eq!(error, "main.rb has no method named 'format'\n");
    }
    for (value, words) in [
        ("Float::NAN", "NaN"),
        ("Object.new", "Object"),
        ("\"\\xff\"", "utf-8"),
        ("a = []; a << a", "nesting"),
    ] {
        let error = rb(&format!("def f()\n  {value}\nend"))
            .call("f", json!([]))
            .failed(1);
        assert!(
            error.starts_with("what f returned is not JSON: ") && error.contains(words),
            "{error}"
        );
    }
    let raised = rb("def f(x) = 1 / x").call("f", json!([0])).failed(1);
    assert_eq!(
        raised,
        "main.rb:1:in 'Integer#/': divided by 0 (ZeroDivisionError)\n\tfrom main.rb:1:in 'Object#f'\n"
    );
    let named_like_ours = "def run(x) = report(x)\ndef report(x) = tell(x)\ndef tell(x) = print(x)\ndef print(x) = x * 2\ndef puts(*) = nil";
    assert_eq!(
        rb(named_like_ours).call("run", json!([21])).returned(),
        json!(42)
    );
}

#[test]
fn deep_recursion_is_an_error_that_can_be_caught() {
    let error = rb("def f(n) = f(n + 1)\nf(0)").time_ms(10_000).failed(1);
    assert!(
        error.starts_with("main.rb:1:in 'Object#f': stack level too deep (SystemStackError)\n\tfrom main.rb:1:in 'Object#f'\n")
            && error.contains(" levels...\n")
            && error.ends_with("\tfrom main.rb:2:in '<main>'\n"),
        "{error}"
    );
    let source = "def sum(n) = n == 0 ? 0 : n + sum(n - 1)\np sum(5000)\n\
        def deep(tree) = 1 + (tree.map { |t| deep(t) }.max || 0)\ntree = []\n2000.times { tree = [tree] }\np deep(tree)\n\
        def visit(n, &block) = n.zero? ? block.call : [n].each { |m| visit(m - 1, &block) }\nvisit(2000) { puts 'end' }\n\
        begin\n  def f(n) = f(n + 1)\n  f(0)\nrescue SystemStackError => e\n  puts e.message\nend";
    assert_eq!(
        rb(source).time_ms(20_000).output(),
        "12502500\n2001\nend\nstack level too deep\n"
    );
}

#[test]
fn limits_end_a_program_and_output_before_them_is_kept() {
    let seen = rb("puts 'before'\nprint 'part'\nloop {}")
        .time_ms(100)
        .run();
    assert_eq!(
        (seen.ending, text(&seen.stdout)),
        (Ending::TimeExhausted, "before\npart".to_owned())
    );
    for source in [
        "a = []\nloop { a << 'x' * 1_000_000 }",
        "s = 'x'\nloop { s << s }",
        "a = [0] * 1000\nloop { a += a }",
    ] {
        let seen = rb(source).time_ms(60_000).run();
        assert_eq!(
            seen.ending,
            Ending::MemoryExhausted,
            "{source}: {}",
            text(&seen.stderr)
        );
    }
}

#[test]
fn time_and_randomness_are_the_same_in_every_run() {
    let source = "require 'securerandom'\np rand, rand(100), [1, 2, 3].shuffle, Random.new.rand, SecureRandom.hex(4), Time.now.to_f, 'a'.hash, Object.new.hash\n\
        start = Process.clock_gettime(Process::CLOCK_MONOTONIC)\nsleep 1.5\np Process.clock_gettime(Process::CLOCK_MONOTONIC) - start >= 1.5\nputs Time.now.strftime('%Y-%m-%d')";
    let [one, two] = [rb(source).run(), rb(source).run()];
    assert_eq!((text(&one.stdout), one.fuel), (text(&two.stdout), two.fuel));
    assert!(
        text(&one.stdout).ends_with("true\n2026-01-01\n"),
        "{}",
        text(&one.stdout)
    );
    assert_eq!(rb("srand(1)\np rand(1..100)").output(), "38\n");
}

#[test]
fn the_library_that_exercises_use() {
    let source = r#"
require 'json'
require 'set'
require 'date'
require 'time'
require 'digest'
require 'stringio'
require 'forwardable'
def check(holds) = holds == true || raise("no: #{caller(1, 1)}")
Point = Struct.new(:x, :y) { def +(other) = Point.new(x + other.x, y + other.y) }
check(Point.new(1, 2) + Point.new(3, 4) == Point.new(4, 6))
Size = Data.define(:w, :h)
check(Size.new(w: 1, h: 2).with(h: 3).h == 3)
check([3, 1, 2].sort == [1, 2, 3] && %w[b a].sort_by(&:itself) == %w[a b] && [1, 2, 3, 4].each_slice(2).to_a == [[1, 2], [3, 4]])
check((1..4).inject(:*) == 24 && (1..3).each_cons(2).to_a == [[1, 2], [2, 3]] && [1, 2, 3].each_with_index.map { |x, i| x * i } == [0, 2, 6])
check('banana'.chars.tally.max_by { |_, n| n } == ['a', 3] && [1, [2, [3]]].flatten == [1, 2, 3] && [1, 2, 3].sum { _1 * 2 } == 12)
check({ a: 1 }.merge(b: 2).transform_values { it * 2 } == { a: 2, b: 4 } && { a: 1 }.to_a == [[:a, 1]] && Hash.new { |h, k| h[k] = [] }[:x] == [])
check('Zoë'.upcase == 'ZOË' && '日本語'[1] == '本' && 'a1b22'.scan(/\d+/) == %w[1 22] && 'x=1'[/(\w)=(\d)/, 2] == '1' && 'hello'.tr('l', 'L') == 'heLLo')
check(format('%05.2f|%-4s|%x|%+d', 3.14159, 'ab', 255, 5) == '03.14|ab  |ff|+5' && 1234567.to_s.reverse.scan(/\d{1,3}/).join(',').reverse == '1,234,567')
check(2**100 == 1267650600228229401496703205376 && 7.fdiv(2) == 3.5 && -7 / 2 == -4 && 10.digits == [0, 1] && 12.gcd(18) == 6 && 0.1r + 0.2r == 0.3r)
check(Rational(1, 3) + Rational(1, 6) == Rational(1, 2) && Complex(0, 1)**2 == -1 && Math.sqrt(16) == 4.0 && 3.7.round == 4 && 10.pow(3, 7) == 6)
check(JSON.parse(JSON.generate({ 'a' => [1, nil, true, 'é'] })) == { 'a' => [1, nil, true, 'é'] } && JSON.parse('{"a":1}', symbolize_names: true) == { a: 1 })
check(Date.new(2026, 2, 3).strftime('%A') == 'Tuesday' && (Date.parse('2026-03-01') - 1).day == 28 && Time.parse('2026-01-02 03:04:05 UTC').hour == 3)
check(Digest::SHA256.hexdigest('')[0, 8] == 'e3b0c442' && ['hi'].pack('m0') == 'aGk=' && [1, 2].pack('C*').bytes == [1, 2])
check(Set[1, 2] | Set[2, 3] == Set[1, 2, 3] && Set.new([1]).subset?(Set[1, 2]) && [1, 2] & [2] == [2])
case { kind: 'circle', r: 2 }
in { kind: 'circle', r: Integer => r } then check(r == 2)
end
case [1, [2, 3]]
in [a, [b, *c]] then check([a, b, c] == [1, 2, [3]])
end
fib = Enumerator.new { |y| a, b = 0, 1; loop { y << a; a, b = b, a + b } }
check(fib.lazy.select(&:even?).first(4) == [0, 2, 8, 34] && fib.next == 0 && fib.next == 1)
fiber = Fiber.new { |x| Fiber.yield x + 1; :done }
check(fiber.resume(1) == 2 && fiber.resume == :done)
check([[1, :a], [2, :b]].each_with_object({}) { |(n, s), h| h[s] = n } == { a: 1, b: 2 } && [1, 2].map.with_index(1) { |x, i| x * i } == [1, 4])
check([[1, 2], [3, 4]].map { |a, b| a + b } == [3, 7] && [[1, 2]].each { |a, b| break a + b } == 3 && [1, 2, 3].select(&:odd?) == [1, 3] && [1, 2].each.next == 1)
module Greet
  def greet = "hi #{name}"
end
class Person
  include Comparable
  include Greet
  extend Forwardable
  attr_accessor :name
  def_delegators :name, :size
  def initialize(name) = @name = name
  def <=>(other) = name <=> other.name
  def method_missing(m, *args) = m.end_with?('!') ? m.to_s : super
  def respond_to_missing?(m, all = false) = m.end_with?('!') || super
end
check(Person.new('b') > Person.new('a') && Person.new('x').greet == 'hi x' && Person.new('abc').size == 3 && Person.new('x').shout! == 'shout!')
begin
  Person.new('x').nope
rescue NoMethodError => e
  check(e.message.include?("undefined method 'nope'"))
else
  raise
end
out = StringIO.new
out.puts 'a', 1
check(out.string == "a\n1\n" && catch(:found) { throw :found, 7 } == 7 && [3, 1].minmax == [1, 3] && (1..).first(2) == [1, 2])
check(%w[x y].zip([1, 2]).to_h == { 'x' => 1, 'y' => 2 } && (1..10).step(3).to_a == [1, 4, 7, 10] && [1, 2, 3].partition(&:even?) == [[2], [1, 3]])
check([1, 2, 3, 4].permutation(2).count == 12 && [1, 2].product([3, 4]).size == 4 && [1, 2, 3].combination(2).to_a.last == [2, 3] && [5, 1].bsearch { |x| x >= 1 } == 5)
puts 'done'"#;
    assert_eq!(rb(source).output(), "done\n");
}

#[test]
fn what_the_sandbox_lacks_fails_cleanly() {
    for (source, words) in [
        ("Thread.new { puts 1 }.join", "NotImplementedError"),
        ("fork { puts 1 }", "NotImplementedError"),
        ("require 'socket'", "LoadError"),
    ] {
        let error = rb(&format!("x = 1\n{source}")).failed(1);
        assert!(
            error.starts_with("main.rb:2:in '") && error.contains(words),
            "{source}: {error}"
        );
    }
}
