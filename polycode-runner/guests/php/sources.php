<?php
/*
 * The files of the tests.
 */

namespace Polycode\Tested;

/** The files of the tests. What they require and do not have is the program's. */
final class Sources
{
    private const REQUIRES = [T_INCLUDE, T_INCLUDE_ONCE, T_REQUIRE, T_REQUIRE_ONCE];
    private const ENDS = [T_CLOSE_TAG, T_LOGICAL_AND, T_LOGICAL_OR, T_LOGICAL_XOR];
    private const QUALIFIED = [T_NAME_QUALIFIED, T_NAME_FULLY_QUALIFIED];
    /** A file with nothing in it. */
    private const NOTHING = '/box/.polycode.php';

    private static array $ready = [];

    /** A file of the tests that asks here for what it requires, by the lines that it had. */
    public static function ready(string $path): string
    {
        if (!isset(self::$ready[$path])) {
            self::$ready[$path] = true;
            \file_put_contents($path, self::asking(\file_get_contents($path)));
        }
        return $path;
    }

    /** The file to be included for one that tests require. */
    public static function path(mixed $named): string
    {
        $named = (string) $named;
        $from = \dirname(\debug_backtrace(DEBUG_BACKTRACE_IGNORE_ARGS, 1)[0]['file']);
        $paths = \array_map(self::plain(...), $named[0] === '/' ? [$named] : ["/box/$named", "$from/$named"]);
        foreach ($paths as $path) {
            if (\is_file($path)) {
                return \str_ends_with($path, '.php') ? self::ready($path) : $path;
            }
        }
        if (Tests::isThere() && !\str_ends_with($paths[0], '/vendor/autoload.php')) {
            self::load($paths);
        }
        \file_put_contents(self::NOTHING, '');
        return self::NOTHING;
    }

    private static function load(array $paths): void
    {
        $first = null;
        foreach (\array_unique($paths) as $path) {
            try {
                Tests::line()->load(\preg_replace('~^/box/|\.\w+$~', '', $path));
                return;
            } catch (\Throwable $thrown) {
                $first ??= $thrown;
            }
        }
        throw $first;
    }

    /** A name that tests mention with its namespace: PHPUnit's own, or one that may be the program's. */
    private static function mention(string $name): void
    {
        if (!\str_starts_with($name, 'PHPUnit\\')) {
            Names::mention($name);
        } elseif (\preg_match('~^PHPUnit\\\\Framework\\\\(assert\w+)$~', $name, $found) && !\function_exists($name)) {
            eval("namespace PHPUnit\\Framework; function $found[1](mixed ...\$args): void { Assert::$found[1](...\$args); }");
        }
    }

    /** A path without `.` and `..`: what it leads to need not be there. */
    private static function plain(string $path): string
    {
        $parts = [];
        foreach (\explode('/', $path) as $part) {
            if ($part === '..') {
                \array_pop($parts);
            } elseif ($part !== '' && $part !== '.') {
                $parts[] = $part;
            }
        }
        return '/' . \implode('/', $parts);
    }

    /** The same source, with the path of whatever it requires handed through `path`; its names are noted. */
    private static function asking(string $source): string
    {
        [$text, $open, $is_namespace] = ['', [], false];
        foreach (\PhpToken::tokenize($source) as $token) {
            if ($token->is(['(', '[', '{', T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES])) {
                $open[] = $token->text;
            } elseif ($token->is([')', ']', '}', ';', ',', ...self::ENDS])) {
                while (\end($open) === 'require') {
                    \array_pop($open);
                    $text .= ')';
                }
                if ($token->is([')', ']', '}'])) {
                    \array_pop($open);
                }
            }
            if ($token->is(self::QUALIFIED)) {
                self::mention(\ltrim($token->text, '\\'));
            }
            if ($is_namespace && $token->is([T_STRING, T_NAME_QUALIFIED])) {
                Names::within($token->text);
            }
            $is_namespace = $token->is(T_NAMESPACE) || ($is_namespace && $token->is(T_WHITESPACE));
            $text .= $token->text;
            if ($token->is(self::REQUIRES)) {
                $open[] = 'require';
                $text .= ' \Polycode\Tested\Sources::path(';
            }
        }
        return $text;
    }
}
