//! PHP, as learners meet it. The runtime must be installed: `polycode install php`.

use crate::support::{Case, files, program, text};
use polycode_core::judging::Ending;
use serde_json::json;

fn php(text: &str) -> Case {
    program("php", &format!("<?php\n{text}"))
}

#[test]
fn output_and_input() {
    assert_eq!(
        program("php", "Hello <?= 1 + 1 ?>!\n").output(),
        "Hello 2!\n"
    );
    assert_eq!(
        php("printf(\"%s %05.1f\\n\", 'hello', 2.26); print_r([1, 'a' => null]); var_dump(1.0);")
            .output(),
        "hello 002.3\nArray\n(\n    [0] => 1\n    [a] => \n)\nfloat(1)\n"
    );
    let echo = "$name = trim(fgets(STDIN));\nwhile (($line = fgets(STDIN)) !== false) echo \"$name \", mb_strlen($line), \" $line\";";
    assert_eq!(
        php(echo).stdin("Zoë\n日本🎉\nb").output(),
        "Zoë 4 日本🎉\nZoë 1 b"
    );
    for source in [
        "echo array_sum(explode(' ', file_get_contents('php://stdin')));",
        "[$a, $b, $c] = fscanf(STDIN, '%d %d %d'); echo $a + $b + $c;",
        "echo array_sum(explode(' ', readline()));",
        "$in = fopen('php://stdin', 'r'); echo array_sum(explode(' ', stream_get_contents($in)));",
        "foreach (file('php://stdin') as $line) echo array_sum(explode(' ', $line));",
    ] {
        assert_eq!(php(source).stdin("1 2 3\n").output(), "6", "{source}");
    }
    let seen = php("fwrite(STDERR, \"a\\n\"); file_put_contents('php://stderr', \"b\\n\"); error_log('c'); fputs(STDOUT, 'd'); file_put_contents('php://output', 'e');").run();
    assert_eq!(
        (text(&seen.stdout), text(&seen.stderr)),
        ("de".to_owned(), "a\nb\nc\n".to_owned())
    );
}

#[test]
fn arguments_files_and_exit_codes() {
    assert_eq!(
        php("echo json_encode([$argv, $argc, $_SERVER['argv'][2], basename(__FILE__), __LINE__, getenv('HOME')]);")
            .args(&["--a", "b c"])
            .output(),
        "[[\"main.php\",\"--a\",\"b c\"],3,\"b c\",\"main.php\",2,false]"
    );
    for (source, code) in [("exit(3);", 3), ("die;", 0), ("exit(255);", 255)] {
        assert_eq!(php(source).failed(code), "", "{source}");
    }
    assert_eq!(
        php("register_shutdown_function(fn() => print('bye')); exit('words ');").output(),
        "words bye"
    );
    let source = "file_put_contents('out.txt', \"zwölf\\n\");\necho file_get_contents('out.txt'), getcwd(), \"\\n\";\n\
        print_r(array_diff(scandir('.'), ['.', '..']));\nunlink('out.txt'); var_dump(file_exists('/box/out.txt'), @file_get_contents('/etc/passwd'));";
    assert_eq!(
        php(source).output(),
        "zwölf\n/box\nArray\n(\n    [2] => main.php\n    [3] => out.txt\n)\nbool(false)\nbool(false)\n"
    );
}

#[test]
fn projects_of_several_files() {
    let project = [
        (
            "main.php",
            "<?php\nrequire 'util.php';\nrequire_once __DIR__ . '/src/Shape.php';\nuse App\\Shape;\n\
             spl_autoload_register(fn($name) => require strtolower($name) . '.php');\n\
             echo util(2), ' ', (new Shape)->sides(), ' ', Late::NAME;",
        ),
        ("util.php", "<?php function util($x) { return $x * 21; }"),
        (
            "src/Shape.php",
            "<?php\ndeclare(strict_types=1);\nnamespace App;\nfinal class Shape { public function sides(): int { return 4; } }",
        ),
        ("late.php", "<?php class Late { const NAME = 'late'; }"),
    ];
    assert_eq!(files("php", &project).output(), "42 4 late");
    let folder = [
        ("src/main.php", "<?php echo require 'util.php';"),
        ("src/util.php", "<?php return 'beside';"),
    ];
    assert_eq!(
        files("php", &folder).entry("src/main.php").output(),
        "beside"
    );
}

#[test]
fn an_error_names_the_users_files_and_lines() {
    let project = [
        (
            "main.php",
            "<?php\nrequire 'util.php';\nclass A {\n    function f($x) { return g($x); }\n}\n(new A)->f(0);\n",
        ),
        (
            "util.php",
            "<?php\nfunction g($x)\n{\n    return intdiv(1, $x);\n}\n",
        ),
    ];
    assert_eq!(
        files("php", &project).failed(255),
        "PHP Fatal error:  Uncaught DivisionByZeroError: Division by zero in util.php:4\nStack trace:\n\
         #0 util.php(4): intdiv(1, 0)\n#1 main.php(4): g(0)\n#2 main.php(6): A->f(0)\n#3 {main}\n  thrown in util.php on line 4\n"
    );
    let chained = php("try { throw new Exception('a'); } catch (Exception $e) { throw new LogicException('b', 0, $e); }").failed(255);
    assert!(
        chained.contains("Uncaught Exception: a in main.php:2")
            && chained.contains("Next LogicException: b in main.php:2"),
        "{chained}"
    );
    let seen = php("echo $missing, 'on';\nfunction f(int $x) { return $x; }\nf('x');").run();
    let words = text(&seen.stderr);
    assert_eq!(
        (text(&seen.stdout), seen.ending),
        ("on".to_owned(), Ending::Exited { code: 255 })
    );
    assert!(
        words.starts_with("PHP Warning:  Undefined variable $missing in main.php on line 2\nPHP Fatal error:  Uncaught TypeError: f(): Argument #1 ($x) must be of type int, string given"),
        "{words}"
    );
    let own = php("set_exception_handler(fn($e) => print('mine: ' . $e->getMessage()));\nthrow new Exception('x');").run();
    assert_eq!(
        (text(&own.stdout), text(&own.stderr), own.ending),
        (
            "mine: x".to_owned(),
            String::new(),
            Ending::Exited { code: 255 }
        )
    );
    assert!(
        php("nothing();")
            .failed(255)
            .contains("Call to undefined function nothing() in main.php:2")
    );
}

#[test]
fn syntax_errors_are_found_before_anything_runs() {
    assert_eq!(
        php("echo 'never';\n$x = = 5;\n").rejected(),
        "PHP Parse error:  syntax error, unexpected token \"=\" in main.php on line 3\n"
    );
    let both = files(
        "php",
        &[
            ("main.php", "<?php function ("),
            ("u.php", "<?php\nif (1) {"),
        ],
    );
    let diagnostics = both.rejected();
    assert!(
        diagnostics.contains(" in main.php on line 1")
            && diagnostics.contains(" in u.php on line 2"),
        "{diagnostics}"
    );
    let deep = format!("echo {}1{};", "(".repeat(20_000), ")".repeat(20_000));
    assert!(php(&deep).rejected().contains("in main.php on line 2"));
}

#[test]
fn functions_are_called_and_their_values_returned() {
    for source in [
        "function add($a, $b) { return $a + $b; }",
        "$add = fn($a, $b) => $a + $b;",
        "declare(strict_types=1);\nfunction add(int $a, int $b): int { return $a + $b; }",
    ] {
        assert_eq!(
            php(source).call("add", json!([1, 2])).returned(),
            json!(3),
            "{source}"
        );
    }
    let echo = "function f($x, $y, $z) { return ['x' => $x, 'n' => [$y === null, $z], 'f' => 0.5, 'w' => 2.0, 'e' => []]; }";
    assert_eq!(
        php(echo)
            .call(
                "f",
                json!([{"a": ["😀\u{7f}", 1.5, -2.5e-3]}, null, "é\\\"\n/"])
            )
            .returned(),
        json!({"x": {"a": ["😀\u{7f}", 1.5, -0.0025]}, "n": [true, "é\\\"\n/"], "f": 0.5, "w": 2.0, "e": []})
    );
    for (source, words) in [
        ("$x = 1;", "main.php has no function named 'f'\n"),
        (
            "function f() { return NAN; }",
            "what f returned is not JSON: Inf and NaN cannot be JSON encoded\n",
        ),
        (
            "function f() { return \"\\xff\"; }",
            "what f returned is not JSON: Malformed UTF-8 characters, possibly incorrectly encoded\n",
        ),
    ] {
        assert_eq!(php(source).call("f", json!([])).failed(1), words);
    }
    let thrown = php("function f($x) { return 1 % $x; }")
        .call("f", json!([0]))
        .failed(255);
    assert!(
        thrown.starts_with(
            "PHP Fatal error:  Uncaught DivisionByZeroError: Modulo by zero in main.php:2\n"
        ),
        "{thrown}"
    );
}

#[test]
fn limits_end_a_program_and_output_before_them_is_kept() {
    let seen = php("echo 'before'; while (true);").time_ms(100).run();
    assert_eq!(
        (seen.ending, text(&seen.stdout)),
        (Ending::TimeExhausted, "before".to_owned())
    );
    for source in [
        "$a = []; while (true) $a[] = str_repeat('x', 1000000);",
        "function f($n) { return f($n + 1) + 1; } f(0);",
    ] {
        assert_eq!(
            php(source).time_ms(20_000).run().ending,
            Ending::MemoryExhausted,
            "{source}"
        );
    }
    assert_eq!(
        php("function sum($n) { return $n ? $n + sum($n - 1) : 0; } echo sum(20000);").output(),
        "200010000"
    );
}

#[test]
fn time_and_randomness_are_the_same_in_every_run() {
    let source = "echo mt_rand(), ' ', random_int(1, 1000), ' ', rand(), ' ', uniqid(), ' ', microtime(true), ' ', spl_object_id(new stdClass);\n\
        $start = hrtime(true); usleep(1500000); echo hrtime(true) - $start >= 1500000000 ? ' waited ' : ' no ', date('Y-m-d');";
    let [one, two] = [php(source).run(), php(source).run()];
    assert_eq!((text(&one.stdout), one.fuel), (text(&two.stdout), two.fuel));
    assert!(
        text(&one.stdout).ends_with(" waited 2026-01-01"),
        "{}",
        text(&one.stdout)
    );
    assert_eq!(php("mt_srand(1); echo mt_rand(1, 100);").output(), "46");
}

#[test]
fn the_library_that_exercises_use() {
    let source = r#"
function check($holds) { if ($holds !== true) throw new Exception(); }
assert(1 < 2);
check(array_map(null, [1, 2], ['a', 'b']) === [[1, 'a'], [2, 'b']] && array_filter([1, 0, 2]) === [0 => 1, 2 => 2]);
$words = ['pear', 'fig', 'apple'];
usort($words, fn($a, $b) => strlen($a) <=> strlen($b));
check($words === ['fig', 'pear', 'apple'] && implode(',', array_reverse($words)) === 'apple,pear,fig');
check(preg_match_all('/\p{Lu}(\d+)/u', 'É1 b2 C33', $m) === 2 && $m[1] === ['1', '33']);
check(preg_replace_callback('/\d+/', fn($m) => $m[0] * 2, 'a1b22') === 'a2b44');
check(mb_strtoupper('zoë') === 'ZOË' && mb_substr('日本語', 1, 1) === '本' && ucwords('a b') === 'A B');
check(json_decode('{"a":[1,null]}', true) === ['a' => [1, null]] && json_encode(['é'], JSON_UNESCAPED_UNICODE) === '["é"]');
check((new DateTimeImmutable('2026-02-03'))->modify('+1 month')->format('D Y-m-d') === 'Tue 2026-03-03');
check(hash('sha256', '')[0] === 'e' && md5('') === 'd41d8cd98f00b204e9800998ecf8427e' && base64_encode('hi') === 'aGk=');
check(round(2.5) === 3.0 && intdiv(7, 2) === 3 && 7 % -3 === 1 && fmod(7.5, 2) === 1.5 && max([1, 5]) === 5 && 2 ** 10 === 1024);
enum Suit: string { case Hearts = 'H'; case Spades = 'S'; public function label(): string { return ucfirst(strtolower($this->name)); } }
check(Suit::from('H')->label() === 'Hearts' && Suit::tryFrom('X') === null && count(Suit::cases()) === 2);
final class Point { public function __construct(public readonly int $x = 0, public readonly int $y = 0) {} }
check((new Point(y: 2))->y === 2);
function numbers() { $x = yield 1; yield $x * 2; return 9; }
$g = numbers(); check($g->current() === 1 && $g->send(21) === 42);
check(match (true) { 1 > 2 => 'a', default => 'b' } === 'b' && (null ?? 'x') === 'x' && (fn(...$a) => count($a))(1, 2, 3) === 3);
$heap = new SplMinHeap; foreach ([3, 1, 2] as $n) $heap->insert($n); check($heap->extract() === 1);
$queue = new SplPriorityQueue; $queue->insert('low', 1); $queue->insert('high', 9); check($queue->extract() === 'high');
$db = new PDO('sqlite::memory:'); $db->exec('CREATE TABLE t (n)'); $db->exec('INSERT INTO t VALUES (1), (2)');
check((int) $db->query('SELECT sum(n) FROM t')->fetchColumn() === 3);
check(simplexml_load_string('<a><b>1</b></a>')->b == '1' && serialize([1]) === 'a:1:{i:0;i:1;}' && sprintf('%b %x', 5, 255) === '101 ff');
$memory = fopen('php://memory', 'w+'); fwrite($memory, "a,\"b c\"\n"); rewind($memory); check(fgetcsv($memory) === ['a', 'b c']);
try { (function (): never { throw new DomainException('x'); })(); } catch (LogicException $e) { check($e->getMessage() === 'x'); } finally { echo 'finally '; }
ob_start(); echo 'inside'; check(ob_get_clean() === 'inside');
check(static function () { return true; } instanceof Closure && str_contains('abc', 'b') && array_is_list([1, 2]));
echo 'done';"#;
    assert_eq!(php(source).output(), "finally done");
}

#[test]
fn what_the_sandbox_lacks_fails_cleanly() {
    for (source, words) in [
        (
            "echo 'on'; fsockopen('127.0.0.1', 80);",
            "PHP Warning:  fsockopen(): ",
        ),
        (
            "echo 'on'; file_get_contents('http://127.0.0.1/');",
            "PHP Warning:  file_get_contents(",
        ),
    ] {
        let seen = php(source).run();
        assert_eq!(text(&seen.stdout), "on", "{source}");
        assert!(
            text(&seen.stderr).starts_with(words),
            "{source}: {}",
            text(&seen.stderr)
        );
    }
    for function in ["exec", "shell_exec", "system"] {
        let source = format!("var_dump((bool) @{function}('ls'));");
        assert_eq!(php(&source).output(), "bool(false)\n", "{function}");
    }
    assert!(
        php("proc_open('ls', [], $pipes);")
            .failed(255)
            .contains("Call to undefined function proc_open()")
    );
}
