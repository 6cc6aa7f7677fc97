<?php
/*
 * What stands for the program in its tests.
 */

namespace Polycode\Tested;

/** Calls go to the program. */
trait Calls
{
    public function __call(string $name, array $args): mixed
    {
        return Tests::line()->send(Tests::line()->told($this), $name, $args);
    }

    public static function __callStatic(string $name, array $args): mixed
    {
        return Tests::line()->send(Tests::line()->names->told(static::class), $name, $args);
    }
}

/** So does what is asked of properties. */
trait Properties
{
    use Calls;

    public function __get(string $name): mixed
    {
        return Tests::line()->get(Tests::line()->told($this), $name);
    }

    public function __set(string $name, mixed $value): void
    {
        Tests::line()->set(Tests::line()->told($this), $name, $value);
    }

    public function __isset(string $name): bool
    {
        return Tests::line()->apply('has', $this, $name) && $this->__get($name) !== null;
    }

    public function __clone()
    {
        throw new \LogicException('a value of the program can\'t be copied here');
    }
}

/** A value of the program, which stays on its side. */
class Remote implements \ArrayAccess, \Countable, \IteratorAggregate, \Stringable
{
    use Properties;

    /** Its number there, so that `==` finds no other alike. */
    private int $polycode;

    public function __construct(mixed ...$args)
    {
        $this->stand(Tests::line()->create($this, static::class, $args));
    }

    /** What was told of it becomes this. */
    public function stand(object $told): void
    {
        $this->polycode = $told->ref;
    }

    public function __invoke(mixed ...$args): mixed
    {
        return Tests::line()->call(Tests::line()->told($this), null, $args);
    }

    public function __toString(): string
    {
        return (string) Tests::line()->apply('str', $this);
    }

    public function offsetExists(mixed $key): bool
    {
        $own = Tests::line()->apply('has', $this, 'offsetExists');
        return (bool) ($own ? $this->__call('offsetExists', [$key]) : Tests::line()->apply('contains', $this, $key));
    }

    public function offsetGet(mixed $key): mixed
    {
        return Tests::line()->apply('getitem', $this, $key);
    }

    public function offsetSet(mixed $key, mixed $value): void
    {
        Tests::line()->apply('setitem', $this, $key, $value);
    }

    public function offsetUnset(mixed $key): void
    {
        Tests::line()->apply('delitem', $this, $key);
    }

    #[\ReturnTypeWillChange]
    public function count(mixed ...$args): mixed
    {
        $own = Tests::line()->apply('has', $this, 'count');
        return $own ? $this->__call('count', $args) : Tests::line()->apply('len', $this);
    }

    public function getIterator(): \Generator
    {
        $walk = Tests::line()->apply('iter', $this);
        while (($step = Tests::line()->apply('step', $walk)) !== []) {
            yield $step[0];
        }
    }
}

/** Values of the program. */
final class OfProgram extends Values
{
    /** What was told of them, by their numbers. */
    private array $told = [];
    private \WeakMap $places;

    public function __construct(Line $line)
    {
        parent::__construct($line);
        $this->places = new \WeakMap();
    }

    /** What was told of a value; nothing of one that is not the program's. */
    public function told(mixed $value): ?object
    {
        return \is_object($value) && isset($this->theirs[$value]) ? $this->told[$this->theirs[$value]] : null;
    }

    /** An object of the tests stands for what was told from now on. */
    public function adopt(object $stands, object $told): object
    {
        $this->told[$told->ref] = $told;
        $this->theirs[$stands] = $told->ref;
        return $this->remotes[$told->ref] = $stands;
    }

    /** Where in the program an exception was thrown. */
    public function place(\Throwable $thrown): ?string
    {
        return $this->places[$thrown] ?? null;
    }

    public function encode(mixed $value): mixed
    {
        if ($value instanceof \UnitEnum && !isset($this->theirs[$value])) {
            $this->line->names->adoptCase($value);
        }
        return parent::encode($value);
    }

    /** What was checked is not for the program to read, nor to forgive. */
    public function described(\Throwable $thrown): array
    {
        if (!$thrown instanceof \PHPUnit\Framework\AssertionFailedError) {
            return parent::described($thrown);
        }
        $this->line->broken ??= $thrown;
        return ['class' => 'AssertionError', 'args' => [], 'text' => '', 'of' => $this->reference($thrown)['ref']];
    }

    public function exception(object $told): \Throwable
    {
        if (isset($told->yours)) {
            return $this->known[$told->yours];
        }
        if (isset($told->thrown)) {
            $value = $this->decode($told->thrown);
            return new \RuntimeException(\is_scalar($value) ? (string) $value : ($told->text ?? ''));
        }
        $class = $this->line->names->exception($told->class);
        $thrown = (new \ReflectionClass($class))->newInstanceWithoutConstructor();
        $base = $thrown instanceof \Error ? \Error::class : \Exception::class;
        $facts = ['message' => (string) ($told->text ?? ''), 'code' => (int) ($told->code ?? 0)];
        foreach ($facts as $name => $fact) {
            (new \ReflectionProperty($base, $name))->setValue($thrown, $fact);
        }
        if (isset($told->of)) {
            $this->adopt($thrown, (object) ['ref' => $told->of, 'kind' => 'object', 'name' => $told->name ?? $class]);
        }
        if (isset($told->at)) {
            $this->places[$thrown] = $told->at;
        }
        return $thrown;
    }

    protected function remote(object $told): mixed
    {
        if (\property_exists($told, 'plain')) {
            return $this->decode($told->plain);
        }
        if ($told->kind === 'promise') {
            return $this->decode($this->line->ask(['do' => 'apply', 'name' => 'await', 'args' => [['yours' => $told->ref]]])->value);
        }
        return $this->remotes[$told->ref] ?? $this->adopt($this->standIn($told), $told);
    }

    private function standIn(object $told): object
    {
        if ($told->kind === 'function') {
            return fn (mixed ...$args): mixed => Tests::line()->call($told, null, $args);
        }
        if (isset($told->case)) {
            return $this->line->names->case($told->name, $told->case);
        }
        $class = $told->kind === 'object' ? $this->line->names->classOfObjects($told->name ?? '') : Remote::class;
        $stands = (new \ReflectionClass($class))->newInstanceWithoutConstructor();
        $stands->stand($told);
        return $stands;
    }
}
