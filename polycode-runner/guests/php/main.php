<?php
/*
 * Runs programs of PHP: it is the one script that the interpreter is ever started with, and does
 * what /run/request.json asks for.
 *
 * The interpreter is the one that was made for web servers. What its sister for the command line
 * has and this one lacks (the standard streams, arguments, messages on standard error) is here.
 */

namespace Polycode;

const BOX = '/box/';
const ANSWER = '/run/answer';

/** The standard streams under the names that programs know them by. */
final class Streams
{
    private const PLACES = [
        'php://stdin' => '/dev/stdin',
        'php://stdout' => '/dev/stdout',
        'php://stderr' => '/dev/stderr',
        'php://fd/0' => '/dev/stdin',
        'php://fd/1' => '/dev/stdout',
        'php://fd/2' => '/dev/stderr',
    ];

    public $context;
    private $stream;

    public static function install(): void
    {
        \stream_wrapper_unregister('php');
        \stream_wrapper_register('php', self::class);
    }

    public function stream_open($path, $mode, $options, &$opened): bool
    {
        $place = self::PLACES[\strtolower($path)] ?? null;
        if ($place !== null) {
            $this->stream = \fopen($place, $mode === 'rb' || $mode[0] === 'r' ? 'a+' : 'a');
            return $this->stream !== false;
        }
        // All others are what they were before.
        \stream_wrapper_restore('php');
        $this->stream = @\fopen($path, $mode);
        self::install();
        return $this->stream !== false;
    }

    public function stream_read($count)
    {
        return \fread($this->stream, $count);
    }

    public function stream_write($bytes)
    {
        return \fwrite($this->stream, $bytes);
    }

    public function stream_eof(): bool
    {
        return \feof($this->stream);
    }

    public function stream_flush(): bool
    {
        return \fflush($this->stream);
    }

    public function stream_seek($offset, $whence): bool
    {
        return \fseek($this->stream, $offset, $whence) === 0;
    }

    public function stream_tell(): int
    {
        return (int) \ftell($this->stream);
    }

    public function stream_truncate(int $size): bool
    {
        return \ftruncate($this->stream, $size);
    }

    public function stream_stat()
    {
        return \fstat($this->stream);
    }

    public function stream_set_option($option, $one, $two): bool
    {
        return false;
    }

    public function stream_metadata($path, $option, $value): bool
    {
        return false;
    }

    public function stream_close(): void
    {
        \fclose($this->stream);
    }
}

/** What is said about a program, with the names that its author gave the files. */
final class Report
{
    private const KINDS = [
        E_WARNING => 'Warning',
        E_NOTICE => 'Notice',
        E_DEPRECATED => 'Deprecated',
        E_USER_ERROR => 'Fatal error',
        E_USER_WARNING => 'Warning',
        E_USER_NOTICE => 'Notice',
        E_USER_DEPRECATED => 'Deprecated',
        E_RECOVERABLE_ERROR => 'Recoverable fatal error',
    ];

    public static function tell(string $text): void
    {
        \file_put_contents('/dev/stderr', $text, FILE_APPEND);
    }

    public static function name(string $file): string
    {
        return \str_starts_with($file, BOX) ? \substr($file, \strlen(BOX)) : $file;
    }

    /** A message of the interpreter that does not end the program. */
    public static function message(int $kind, string $words, string $file, int $line): bool
    {
        if (\error_reporting() & $kind) {
            $place = 'in ' . self::name($file) . " on line $line";
            self::tell('PHP ' . (self::KINDS[$kind] ?? 'Warning') . ":  $words $place\n");
        }
        if ($kind === E_USER_ERROR) {
            exit(255);
        }
        return true;
    }

    /** An exception that nobody caught. */
    public static function uncaught(\Throwable $thrown): void
    {
        if ($thrown instanceof \ParseError) {
            $place = self::name($thrown->getFile()) . ' on line ' . $thrown->getLine();
            self::tell("PHP Parse error:  {$thrown->getMessage()} in $place\n");
            return;
        }
        $chain = [];
        for ($at = $thrown; $at !== null; $at = $at->getPrevious()) {
            \array_unshift($chain, self::described($at));
        }
        $place = self::name($thrown->getFile()) . ' on line ' . $thrown->getLine();
        $text = \implode("\n\nNext ", $chain);
        self::tell("PHP Fatal error:  Uncaught $text\n  thrown in $place\n");
    }

    /**
     * Ends the run by an exception. The interpreter, which could not be built with long jumps,
     * has no way out of a handler that it has called itself.
     */
    public static function end(\Throwable $thrown): never
    {
        try {
            (\set_exception_handler(null) ?? self::uncaught(...))($thrown);
        } catch (\Throwable $other) {
            self::uncaught($other);
        }
        \set_exception_handler(self::uncaught(...));
        exit(255);
    }

    private static function described(\Throwable $thrown): string
    {
        $words = $thrown->getMessage();
        $place = self::name($thrown->getFile()) . ':' . $thrown->getLine();
        $text = $thrown::class . ($words === '' ? '' : ": $words") . " in $place\nStack trace:\n";
        $number = 0;
        foreach (\explode("\n", $thrown->getTraceAsString()) as $frame) {
            $frame = \preg_replace('~^#\d+ ~', '', $frame);
            if (!\str_starts_with($frame, __FILE__) && !\str_starts_with($frame, '[internal function]: Polycode\\')) {
                $text .= "#$number " . \str_replace(BOX, '', $frame) . "\n";
                $number++;
            }
        }
        return \rtrim($text);
    }
}

/** What is asked for. */
final class Request
{
    public static string $mode;
    public static string $entry;
    private static array $call;

    /** Reads it, and checks the program if that is all that is asked for. */
    public static function begin(): void
    {
        $request = \json_decode(\file_get_contents('/run/request.json'), true, 10_000);
        self::$mode = $request['mode'];
        self::$entry = $request['entry'];
        self::$call = $request['call'] ?? [];
        if (self::$mode === 'check') {
            self::check($request['sources']);
            exit(0);
        }
        self::prepare($request['args']);
    }

    /** Parses every source; what is wrong with them goes into the answer. */
    private static function check(array $names): void
    {
        $problems = '';
        foreach ($names as $name) {
            try {
                \token_get_all(\file_get_contents(BOX . $name), TOKEN_PARSE);
            } catch (\ParseError $error) {
                $words = $error->getMessage();
                $problems .= "PHP Parse error:  $words in $name on line {$error->getLine()}\n";
            }
        }
        if ($problems !== '') {
            \file_put_contents(ANSWER, $problems);
        }
    }

    /** Makes the interpreter one of the command line. */
    private static function prepare(array $arguments): void
    {
        \error_reporting(E_ALL);
        $settings = [
            'display_errors' => '0',
            'log_errors' => '1',
            'html_errors' => '0',
            'memory_limit' => '-1',
            'max_execution_time' => '0',
        ];
        foreach ($settings as $name => $value) {
            \ini_set($name, $value);
        }
        // Output that is not written yet is lost when a run is stopped.
        \ob_implicit_flush();
        \chdir(\rtrim(BOX, '/'));
        $arguments = [self::$entry, ...$arguments];
        foreach (['argv' => $arguments, 'argc' => \count($arguments)] as $name => $value) {
            $GLOBALS[$name] = $_SERVER[$name] = $value;
        }
        foreach (['SCRIPT_NAME', 'SCRIPT_FILENAME', 'PHP_SELF', 'PATH_TRANSLATED'] as $name) {
            $_SERVER[$name] = self::$mode === 'run' ? self::$entry : '';
        }
        Streams::install();
        \define('STDIN', \fopen('/dev/stdin', 'a+'));
        \define('STDOUT', \fopen('/dev/stdout', 'a'));
        \define('STDERR', \fopen('/dev/stderr', 'a'));
        \set_error_handler(Report::message(...));
        \set_exception_handler(Report::uncaught(...));
    }

    /** Calls a function of a program; its value goes into the answer as JSON. */
    public static function call(): void
    {
        $name = self::$call['function'];
        $function = \function_exists($name) ? new \ReflectionFunction($name) : null;
        $known = $function?->isUserDefined() && $function->getFileName() !== __FILE__;
        $value = $known ? $name : ($GLOBALS[$name] ?? null);
        if (!$known && !$value instanceof \Closure) {
            Report::tell(self::$entry . " has no function named '$name'\n");
            exit(1);
        }
        $value = $value(...self::$call['args']);
        $flags = JSON_THROW_ON_ERROR | JSON_PRESERVE_ZERO_FRACTION | JSON_UNESCAPED_UNICODE;
        try {
            $text = \json_encode($value, $flags);
        } catch (\JsonException $error) {
            Report::tell("what $name returned is not JSON: {$error->getMessage()}\n");
            exit(1);
        }
        \file_put_contents(ANSWER, $text);
    }
}

/** What the sister for the command line has beside. */
const READLINE = <<<'PHP'
    function readline(?string $prompt = null): string|false
    {
        if ($prompt !== null) {
            echo $prompt;
        }
        $line = fgets(STDIN);
        return $line === false ? false : rtrim($line, "\r\n");
    }
    PHP;

Request::begin();
if (!\function_exists('readline')) {
    eval(READLINE);
}
try {
    include BOX . Request::$entry;
    if (Request::$mode === 'call') {
        Request::call();
    }
} catch (\Throwable $thrown) {
    Report::end($thrown);
}
