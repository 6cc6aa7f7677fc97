<?php
/*
 * What tests ask of the program, and what they answer it.
 */

namespace Polycode\Tested;

/** The tests' end of the line: the program may call the functions that it was given, and no more. */
final class Tests extends Line
{
    protected const GONE = 'the program ended before the test did';

    public readonly Names $names;
    /** The first check that failed while the program had called a function of the tests. */
    public ?\Throwable $broken = null;
    private static ?self $line = null;
    private array $programs = [];

    public function __construct()
    {
        parent::__construct();
        $this->names = new Names($this);
        self::$line = $this;
    }

    /** There is none where tests are only listed. */
    public static function line(): self
    {
        return self::$line ?? throw new \RuntimeException('which tests there are must not depend on the program');
    }

    public static function isThere(): bool
    {
        return self::$line !== null;
    }

    /** Whether a value stands for one of the program. */
    public static function isTheirs(mixed $value): bool
    {
        return self::$line?->values->told($value) !== null;
    }

    /** Whether it is of a class of the program. */
    public function isInstance(object $value, string $class): bool
    {
        $kind = $this->names->find($class);
        $args = [['yours' => $this->told($value)->ref], ['yours' => $kind?->ref]];
        return $kind !== null && $this->ask(['do' => 'apply', 'name' => 'isinstance', 'args' => $args])->value;
    }

    /** Asks for what a file of the program has. */
    public function load(string $file): void
    {
        $told = $this->ask(['do' => 'load', 'name' => $file])->value;
        $this->programs[$told->ref] = ['yours' => $told->ref];
        $this->names->declare($this->ask(['do' => 'names', 'of' => ['yours' => $told->ref]])->value);
    }

    /** What has a name at the top of the program, as it was told. */
    public function find(string $name): mixed
    {
        foreach ($this->programs as $program) {
            try {
                return $this->ask(['do' => 'get', 'of' => $program, 'name' => $name])->value ?? null;
            } catch (\Throwable) {
                continue;
            }
        }
        return null;
    }

    public function told(object $value): object
    {
        return $this->values->told($value) ?? throw new \LogicException('it is nothing of the program');
    }

    public function apply(string $name, mixed ...$args): mixed
    {
        $args = \array_map($this->values->encode(...), $args);
        return $this->values->decode($this->ask(['do' => 'apply', 'name' => $name, 'args' => $args])->value ?? null);
    }

    public function get(object $told, string $name): mixed
    {
        return $this->values->decode($this->ask(['do' => 'get', 'of' => ['yours' => $told->ref], 'name' => $name])->value ?? null);
    }

    public function set(object $told, string $name, mixed $value): void
    {
        $value = $this->values->encode($value);
        $this->ask(['do' => 'set', 'of' => ['yours' => $told->ref], 'name' => $name, 'value' => $value]);
    }

    /** What is called is an attribute, or a method. */
    public function send(object $told, string $name, array $args): mixed
    {
        $found = $this->ask(['do' => 'get', 'of' => ['yours' => $told->ref], 'name' => $name])->value ?? null;
        if (self::isCalled($found)) {
            return $this->call($found, $told, $args);
        }
        if ($args !== []) {
            throw new \BadMethodCallException("$name of the program is a value, which is not called");
        }
        return $this->values->decode($found);
    }

    /** Calls what was told, a method of an object. */
    public function call(object $told, ?object $of, array $args): mixed
    {
        return $this->values->decode($this->result($told, $of, $args));
    }

    /** Makes an object of a class of the program, for which another stands from now on. */
    public function create(object $stands, string $class, array $args): object
    {
        $kind = $this->names->told($class);
        $new = $kind->kind === 'object' ? $this->ask(['do' => 'get', 'of' => ['yours' => $kind->ref], 'name' => 'new'])->value : $kind;
        $made = $this->result($new, $kind, $args, $new === $kind);
        if (!\is_object($made) || !isset($made->ref)) {
            throw new \TypeError("$class makes no objects");
        }
        $this->values->adopt($stands, $made);
        return $made;
    }

    public function printed(): string
    {
        return (string) $this->values->decode($this->ask(['do' => 'printed'])->value ?? '');
    }

    public static function isCalled(mixed $told): bool
    {
        return \is_object($told) && \in_array($told->kind ?? '', ['function', 'class', 'error'], true);
    }

    /** What comes of a call, as it was told. Arguments that are references become what they were changed to. */
    private function result(object $told, ?object $of, array &$args, bool $is_new = false): mixed
    {
        $request = $this->values->request($told->ref, $args);
        $request += $is_new || $told->kind === 'class' ? ['new' => true] : [];
        $request += $of === null ? [] : ['this' => ['yours' => $of->ref]];
        try {
            $answer = $this->ask($request);
        } finally {
            // Whoever collects output gets the program's, too.
            if (\ob_get_level() > 0) {
                echo $this->printed();
            }
        }
        foreach ([...$answer->changed ?? [], ...$answer->exchanged ?? []] as [$at, $changed]) {
            $args[$at] = $this->values->decode($changed);
        }
        return $answer->value ?? null;
    }

    protected function values(): Values
    {
        return new OfProgram($this);
    }

    protected function perform(object $request): array
    {
        $action = $request->do === 'call' ? $this->values->given($request->of->yours ?? 0) : null;
        if (!$action instanceof \Closure) {
            throw new \RuntimeException('a program can only call what it was given');
        }
        $args = \array_map($this->values->decode(...), $request->args);
        $named = \array_map($this->values->decode(...), (array) ($request->named ?? []));
        return ['value' => $this->values->encode($action(...$args, ...$named))];
    }
}
