//! Perl, as learners meet it. The runtime must be installed: `polycode install perl`.

use crate::support::{Case, files, program, text};
use polycode_core::judging::Ending;
use serde_json::json;

fn perl(text: &str) -> Case {
    program("perl", text)
}

#[test]
fn output_and_input() {
    assert_eq!(
        perl("use v5.36;\nprintf \"%s %05.1f\\n\", 'hello', 2.26; say for 1, 'two';\nprint 0.1 + 0.2, ' ', 10 / 3, ' ', 2**62, ' ', 9223372036854775807, \"\\n\";").output(),
        "hello 002.3\n1\ntwo\n0.3 3.33333333333333 4.61168601842739e+18 9223372036854775807\n"
    );
    let echo = "use utf8;\nuse open qw(:std :encoding(UTF-8));\nchomp(my $name = <STDIN>);\nwhile (my $line = <STDIN>) { print \"$name é \", length $line, \" $line\" }";
    assert_eq!(
        perl(echo).stdin("Zoë\n日本🎉\nb").output(),
        "Zoë é 4 日本🎉\nZoë é 1 b"
    );
    for source in [
        "my $sum = 0; $sum += $_ for split ' ', <STDIN>; print $sum;",
        "use List::Util 'sum'; print sum(map { split } <>);",
        "local $/; print eval join '+', split ' ', <STDIN>;",
        "my @all = <STDIN>; my ($a, $b, $c) = $all[0] =~ /(\\d+)/g; print $a + $b + $c;",
    ] {
        assert_eq!(perl(source).stdin("1 2 3\n").output(), "6", "{source}");
    }
    let seen = perl("print STDERR \"a\\n\"; warn \"b\\n\"; print STDOUT 'c'; $| = 0; print 'd'; open my $copy, '>&', \\*STDOUT or print 'e';").run();
    assert_eq!(
        (text(&seen.stdout), text(&seen.stderr)),
        ("cde".to_owned(), "a\nb\n".to_owned())
    );
}

#[test]
fn arguments_files_and_exit_codes() {
    assert_eq!(
        perl("print join '|', @ARGV, $0, __FILE__, __LINE__, scalar(%ENV), shift; sub f { return shift } print f('x');")
            .args(&["--a", "b ç"])
            .output(),
        "--a|b ç|main.pl|main.pl|1|0|--ax"
    );
    for (source, code) in [("exit 3;", 3), ("exit;", 0), ("exit 255;", 255)] {
        assert_eq!(perl(source).failed(code), "", "{source}");
    }
    let ends =
        perl("END { print 'second ' } END { print \"first $? \"; $? = 4 } print 'out '; exit 3;")
            .run();
    assert_eq!(
        (text(&ends.stdout), ends.ending),
        ("out first 3 second ".to_owned(), Ending::Exited { code: 4 })
    );
    let source = "open(my $out, '>', 'out.txt') or die $!; print $out \"zwölf\\n\"; close $out;\n\
        open(IN, 'out.txt') or die $!; print <IN>; opendir(my $here, '.') or die $!;\n\
        print join(',', sort grep { !/^\\./ } readdir $here), ' ', -s 'out.txt', ' ', (-d '/box' ? 'folder' : ''), \"\\n\";\n\
        unlink 'out.txt'; print -e '/box/out.txt' ? 'there' : 'gone', open(my $no, '<', '/etc/passwd') ? '!' : \" $!\";";
    assert_eq!(
        perl(source).output(),
        "zwölf\nmain.pl,out.txt 7 folder\ngone No such file or directory"
    );
}

#[test]
fn what_is_open_at_the_end_is_written() {
    let source =
        "open my $out, '>', 'out.txt'; print $out 'kept'; our $also = $out; exit 0 if @ARGV;\n";
    for arguments in [&["early"][..], &[]] {
        let read = format!("{source} END {{ $| = 0; print 'last'; }}");
        assert_eq!(perl(&read).args(arguments).output(), "last");
    }
}

#[test]
fn projects_of_several_files() {
    let project = [
        (
            "main.pl",
            "use strict;\nuse warnings;\nuse lib 'lib';\nuse App::Shape;\nuse Beside 'beside';\nrequire './util.pl';\nprint util(2), ' ', App::Shape->new->sides, ' ', beside(), ' ', $INC{'App/Shape.pm'};",
        ),
        ("util.pl", "sub util { return $_[0] * 21 }\n1;\n"),
        (
            "lib/App/Shape.pm",
            "package App::Shape;\nuse strict;\nuse warnings;\nuse parent -norequire, 'Base';\nsub sides { 4 }\n\npackage Base;\nsub new { bless {}, shift }\n1;\n",
        ),
        (
            "Beside.pm",
            "package Beside;\nuse Exporter 'import';\nour @EXPORT_OK = 'beside';\nsub beside { 'here' }\n1;\n",
        ),
    ];
    assert_eq!(
        files("perl", &project).output(),
        "42 4 here lib/App/Shape.pm"
    );
    let folder = [
        (
            "src/main.pl",
            "use FindBin;\nuse lib $FindBin::Bin;\nuse Util;\nprint Util::name();",
        ),
        ("src/Util.pm", "package Util;\nsub name { 'beside' }\n1;\n"),
    ];
    assert_eq!(
        files("perl", &folder).entry("src/main.pl").output(),
        "beside"
    );
}

#[test]
fn an_error_names_the_users_files_and_lines() {
    let project = [
        (
            "main.pl",
            "use strict;\nuse warnings;\nuse Util;\n\nprint 'before';\nUtil::half(0);\n",
        ),
        (
            "Util.pm",
            "package Util;\nsub half {\n    my ($x) = @_;\n    return 1 / $x;\n}\n1;\n",
        ),
    ];
    assert_eq!(
        files("perl", &project).failed(255),
        "Illegal division by zero at Util.pm line 4.\n"
    );
    assert_eq!(
        perl("print 'on';\n\ndie 'no' . 'pe';").failed(255),
        "nope at main.pl line 3.\n"
    );
    assert_eq!(perl("$! = 9; die \"x\\n\"").failed(9), "x\n");
    assert_eq!(
        perl("use Carp;\nsub f { confess 'deep' }\nsub g { f(1, 'a') }\ng();").failed(255),
        "deep at main.pl line 2.\n\tmain::f(1, \"a\") called at main.pl line 3\n\tmain::g() called at main.pl line 4\n"
    );
    let seen = perl(
        "use warnings;\nmy %h;\nprint 'a' . $h{x} . \"\\n\";\nprint caller() ? 'called' : 'main';",
    )
    .run();
    assert_eq!(
        (text(&seen.stdout), text(&seen.stderr), seen.ending),
        (
            "a\nmain".to_owned(),
            "Use of uninitialized value $h{\"x\"} in concatenation (.) or string at main.pl line 3.\n".to_owned(),
            Ending::Exited { code: 0 }
        )
    );
    assert_eq!(
        perl("package E { sub new { bless { why => $_[1] }, $_[0] } sub throw { die $_[0]->new($_[1]) } }\neval { E->throw('x') };\nprint $@->{why}, ref $@;\neval { die { code => 7 } }; print $@->{code}; eval { eval { die \"in\\n\" }; print $@; die \"out\\n\" }; print $@;").output(),
        "xE7in\nout\n"
    );
    assert!(
        perl("Nothing->method;")
            .failed(255)
            .starts_with("Can't locate object method \"method\" via package \"Nothing\"")
    );
}

#[test]
fn syntax_errors_are_found_before_anything_runs() {
    let diagnostics = perl("print 'never';\nmy $x = = 5;\n").rejected();
    assert!(
        diagnostics.starts_with("syntax error at main.pl line 2, near \"= =\""),
        "{diagnostics}"
    );
    let both = files("perl", &[("main.pl", "if (1 {"), ("u.pl", "1;\nsub {")]);
    let diagnostics = both.rejected();
    assert!(
        diagnostics.contains(" at main.pl line 1") && diagnostics.contains(" at u.pl line 2"),
        "{diagnostics}"
    );
    for (source, words) in [
        (
            "use strict;\n$x = 1;",
            "Global symbol \"$x\" requires explicit package name (did you forget to declare \"my $x\"?) at main.pl line 2.",
        ),
        ("use No::Such;", "Can't locate No/Such.pm in @INC"),
    ] {
        let diagnostics = perl(source).rejected();
        assert!(diagnostics.starts_with(words), "{diagnostics}");
    }
}

#[test]
fn functions_are_called_and_their_values_returned() {
    for source in [
        "sub add { my ($a, $b) = @_; return $a + $b }",
        "use v5.36;\nsub add($x, $y) { $x + $y }",
        "package Other; sub main::add { $_[0] + $_[1] }",
    ] {
        assert_eq!(
            perl(source).call("add", json!([1, 2])).returned(),
            json!(3),
            "{source}"
        );
    }
    let echo = "sub f { my ($x, $y, $z) = @_; return { x => $x, n => [defined $y ? 1 : undef, $z], f => 0.5, e => [], t => 'é' eq substr($z, 0, 1), l => length 'é', s => '5', i => '5' + 0 } }";
    assert_eq!(
        perl(echo)
            .call(
                "f",
                json!([{"a": ["😀\u{7f}", 1.5, -2.5e-3, true, false]}, null, "é\\\"\n/"])
            )
            .returned(),
        json!({"x": {"a": ["😀\u{7f}", 1.5, -0.0025, true, false]}, "n": [null, "é\\\"\n/"], "f": 0.5, "e": [], "t": true, "l": 1, "s": "5", "i": 5})
    );
    for (source, value) in [
        ("sub f { return }", json!(null)),
        ("sub f { return (1, 'b') }", json!([1, "b"])),
        ("sub f { my @l = (3, 1); return [sort @l] }", json!([1, 3])),
        ("sub f { print 'said'; 1 == 1 }", json!(true)),
    ] {
        assert_eq!(
            perl(source).call("f", json!([])).returned(),
            value,
            "{source}"
        );
    }
    for (source, words) in [
        ("my $x = 1;", "main.pl has no function named 'f'\n"),
        (
            "sub f { return -sin(9**9**9) }",
            "what f returned is not JSON: a number without an end\n",
        ),
        (
            "sub f { return [9**9**9] }",
            "what f returned is not JSON: a number without an end\n",
        ),
    ] {
        assert_eq!(perl(source).call("f", json!([])).failed(1), words);
    }
    let object = perl("sub f { return bless {}, 'Thing' }")
        .call("f", json!([]))
        .failed(1);
    assert!(
        object.starts_with("what f returned is not JSON: encountered object 'Thing="),
        "{object}"
    );
    assert_eq!(
        perl("sub f { return 1 % $_[0] }")
            .call("f", json!([0]))
            .failed(255),
        "Illegal modulus zero at main.pl line 1.\n"
    );
    assert_eq!(
        perl("use Carp;\nsub f { croak 'odd' if $_[0] % 2 }")
            .call("f", json!([3]))
            .failed(255),
        "odd at call line 1.\n"
    );
}

#[test]
fn limits_end_a_program_and_output_before_them_is_kept() {
    let seen = perl("print 'before'; 1 while 1;").time_ms(100).run();
    assert_eq!(
        (seen.ending, text(&seen.stdout)),
        (Ending::TimeExhausted, "before".to_owned())
    );
    for source in [
        "my @a; push @a, 'x' x 1_000_000 . @a while 1;",
        "no warnings; sub f { return f($_[0] + 1) + 1 } f(0);",
    ] {
        assert_eq!(
            perl(source).time_ms(20_000).run().ending,
            Ending::MemoryExhausted,
            "{source}"
        );
    }
    assert_eq!(
        perl("no warnings; sub sum { my $n = shift; return $n ? $n + sum($n - 1) : 0 } print sum(20_000);").output(),
        "200010000"
    );
    assert_eq!(
        perl("no warnings; sub depth { my $n = shift; return 0 unless $n; my $below = eval { die \"$n\\n\" if $n == 1; depth($n - 1) }; return 1 + ($below // 0) } print depth(5_000);").output(),
        "5000"
    );
}

#[test]
fn time_and_randomness_are_the_same_in_every_run() {
    let source = "use Time::HiRes qw(sleep time); print join ' ', rand, int(rand 100), [], join(',', keys %{ { map { $_ => 1 } 1 .. 9 } }), time();\n\
        my $start = time(); sleep 1.5; print time() - $start >= 1.5 ? ' waited ' : ' no ', scalar(localtime), ' ', time() - $^T < 60 ? 'now' : 'then';";
    let [one, two] = [perl(source).run(), perl(source).run()];
    assert_eq!((text(&one.stdout), one.fuel), (text(&two.stdout), two.fuel));
    assert!(
        text(&one.stdout).contains(" waited Thu Jan  1 00:00:0")
            && text(&one.stdout).ends_with(" 2026 now"),
        "{}",
        text(&one.stdout)
    );
    assert_eq!(
        perl("srand 1; my $a = rand; srand 1; print $a == rand ? 'same' : 'other';").output(),
        "same"
    );
}

#[test]
fn the_library_that_exercises_use() {
    let source = r#"
use v5.36;
sub check($holds) { die 'line ' . (caller)[2] . "\n" unless $holds }
use List::Util qw(first max min reduce shuffle sum uniq any all pairs);
check(sum(1 .. 4) == 10 && max(1, 5) == 5 && (first { $_ > 2 } 1 .. 5) == 3 && join('', uniq qw(a b a)) eq 'ab');
use Scalar::Util qw(blessed looks_like_number reftype weaken);
check(looks_like_number('1e5') && !looks_like_number('x') && reftype(bless [], 'X') eq 'ARRAY');
my @sorted = sort { $a->{n} <=> $b->{n} } map { { n => $_ } } 3, 1, 2;
check($sorted[0]{n} == 1 && join(',', map { $_->{n} } reverse @sorted) eq '3,2,1');
check(join('|', 'É1 b2 C33' =~ /[A-Z](\d+)/g) eq '33' && 'a1b22' =~ s/(\d+)/$1 * 2/ger eq 'a2b44');
check('2026-02-03' =~ /^(?<year>\d+)-(?<month>\d+)/ && $+{year} == 2026 && "$1$2" eq '202602');
check(ucfirst(lc 'ABC') eq 'Abc' && substr('hello', 1, 3) eq 'ell' && index('hello', 'l') == 2 && reverse('abc') eq 'cba');
use POSIX qw(ceil floor fmod pow strftime strtol INT_MAX DBL_MAX);
check(ceil(1.2) == 2 && floor(-1.2) == -2 && fmod(-7.5, 2) == -1.5 && pow(2, 10) == 1024 && INT_MAX == 2147483647);
check(POSIX::round(2.5) == 3 && POSIX::log10(1000) == 3 && (strtol('ff', 16))[0] == 255 && POSIX::trunc(-2.7) == -2);
check(strftime('%a %Y-%m-%d %H:%M', gmtime 86_400) eq 'Fri 1970-01-02 00:00' && POSIX::mktime(0, 0, 0, 32, 0, 70) == 31 * 86_400);
use Time::Local; check(timegm(0, 0, 0, 29, 1, 2024) == 1709164800);
use Time::Piece; check(Time::Piece->strptime('2024-02-28', '%Y-%m-%d')->add_months(1)->ymd eq '2024-03-28');
use Data::Dumper; { local ($Data::Dumper::Terse, $Data::Dumper::Indent, $Data::Dumper::Sortkeys) = (1, 0, 1); check(Dumper({ a => [1, 'b'] }) eq "{'a' => [1,'b']}"); }
use JSON::PP; check(decode_json('{"a":[1,null]}')->{a}[0] == 1 && JSON::PP->new->canonical->encode({ b => 1, a => [] }) eq '{"a":[],"b":1}');
use Storable 'dclone'; my $deep = { a => [1, { b => 2 }] }; my $copy = dclone($deep); $copy->{a}[1]{b} = 3; check($deep->{a}[1]{b} == 2);
use Math::BigInt; check(Math::BigInt->new(2)**100 eq '1267650600228229401496703205376');
use Math::Trig; check(abs(pi - 3.14159265) < 1e-6 && abs(rad2deg(pi) - 180) < 1e-9);
use Digest::SHA 'sha256_hex'; use MIME::Base64; check(sha256_hex('') =~ /^e3b0c442/ && encode_base64('hi', '') eq 'aGk=');
use Encode qw(decode encode); check(length(decode('UTF-8', "\xc3\xa9")) == 1 && encode('UTF-8', "\x{e9}") eq "\xc3\xa9");
use Unicode::Normalize; check(length(NFD("\x{e9}")) == 2 && uc("stra\x{df}e") eq 'STRASSE' && "\x{3b1}" =~ /\p{Greek}/);
use Text::Wrap; { local $Text::Wrap::columns = 10; check(wrap('', '', 'one two three') eq "one two\nthree"); }
use Getopt::Long; { local @ARGV = ('--n=3', 'x'); GetOptions('n=i' => \my $n); check($n == 3 && $ARGV[0] eq 'x'); }
use File::Basename; check(basename('/a/b.txt') eq 'b.txt' && dirname('/a/b.txt') eq '/a');
package Point { use overload '+' => sub { Point->new($_[0]{x} + $_[1]{x}) }, '""' => sub { "P$_[0]{x}" }, '==' => sub { $_[0]{x} == $_[1]{x} }, fallback => 1; sub new($class, $x) { bless { x => $x }, $class } }
check(Point->new(1) + Point->new(2) eq 'P3' && Point->can('new') && Point->new(1)->isa('Point'));
package Counter { sub TIESCALAR { bless \(my $n = 0), shift } sub FETCH { ${ $_[0] }++ } } tie my $counter, 'Counter'; check($counter == 0 && $counter == 1);
my $count = do { my $n = 0; sub { ++$n } }; $count->(); check($count->() == 2);
my %h = (a => 1, b => 2); my %inverse = reverse %h; delete $h{a}; check(!exists $h{a} && $inverse{2} eq 'b' && (join ',', %h{'b'}) eq 'b,2');
check(sprintf('%b %x %e %3d|%-3s|', 5, 255, 12345, 7, 'a') eq '101 ff 1.234500e+04   7|a  |');
use feature 'try'; no warnings; try { die "x\n" } catch ($e) { check($e eq "x\n") }
use experimental 'class'; class Box { field $size :param; method size { $size } } check(Box->new(size => 4)->size == 4);
local $_ = 'topic'; check(/top/ && tr/a-z// == 5 && y/t/T/r eq 'Topic' && join('', map { chr(ord($_) + 1) } split //, 'HAL') eq 'IBM');
check((join ' ', sort { $a <=> $b } grep { !($_ % 2) } map { $_ ** 2 } 1 .. 6) eq '4 16 36' && "@{[1 .. 3]}" eq '1 2 3' && [1, 2, 3]->$#* == 2);
use constant { PI => 3, NAMES => ['a', 'b'] }; check(PI == 3 && NAMES->[1] eq 'b' && state_of() == 1 && state_of() == 2); sub state_of { state $n = 0; ++$n }
my $text = ''; open my $memory, '>', \$text; print $memory 'in memory'; close $memory; check($text eq 'in memory');
check(pack('A3 n C', 'abcd', 258, 65) eq "abc\x01\x02A" && (unpack 'N', "\0\0\1\0") == 256 && oct('0x1f') == 31 && hex('ff') == 255);
printf "%s\n", join ',', map { sprintf '%02d', $_ } splice @{ [1 .. 5] }, 1, 2;
say 'done';"#;
    assert_eq!(perl(source).output(), "02,03\ndone\n");
}

#[test]
fn what_the_sandbox_lacks_fails_cleanly() {
    for source in [
        "print system('ls') == 0 ? 'ran' : 'no';",
        "print defined(`ls`) && `ls` ne '' ? 'ran' : 'no';",
        "print eval { fork; 1 } ? 'ran' : 'no';",
        "exec 'ls' or print 'no';",
        "print open(my $pipe, '-|', 'ls') ? 'ran' : 'no';",
        "print eval { socket(my $s, 2, 1, 0) } ? 'ran' : 'no';",
        "print eval { require Socket } ? 'ran' : 'no';",
        "print eval { require threads } ? 'ran' : 'no';",
    ] {
        let seen = perl(source).run();
        assert_eq!(
            (text(&seen.stdout), seen.ending),
            ("no".to_owned(), Ending::Exited { code: 0 }),
            "{source}: {}",
            text(&seen.stderr)
        );
    }
}
