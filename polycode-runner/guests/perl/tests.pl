# The tests: in the manner of Test::More, whose checks are here.

my ($entry, $wanted) = @ARGV;
my $is_listed = !defined $wanted;
# The files of the program that tests asked for; and the first check that failed while the program had called
# a function of the tests.
my (@programs, $broken);

# The program.

# Something of the program while tests are only listed: it is not there yet.
package Polycode::Later {
    my $later = bless {};
    sub it { return $later }
    use overload
        '@{}'    => sub { die "which tests there are must not depend on the program\n" },
        'bool'   => sub { return 1 },
        '""'     => sub { return 'later' },
        '&{}'    => sub { my ($self) = @_; return sub { return $self } },
        nomethod => sub { my ($self) = @_; return $self };
    our $AUTOLOAD;
    sub AUTOLOAD { my ($self) = @_; return $self }
    sub DESTROY { }
}

# A value of the program, which stays on its side.
package Polycode::Remote {
    # By their identity: what they were told as. An object itself can be anything that is taken out of it.
    my %TOLD;
    my %OPERATIONS = (
        '+' => 'add', '-' => 'sub', '*' => 'mul', '/' => 'truediv', '%' => 'mod', '**' => 'pow', '<' => 'lt', '<=' => 'le',
        '>' => 'gt', '>=' => 'ge', '&' => 'and', '|' => 'or', '^' => 'xor',
    );

    sub of {
        my ($class, $told) = @_;
        my $self = bless \(my $number = $told->{ref}), $class;
        $TOLD{ Scalar::Util::refaddr $self } = $told;
        return $self;
    }

    sub told { return $TOLD{ Scalar::Util::refaddr $_[0] } }

    sub operate {
        my ($self, $other, $is_swapped, $name) = @_;
        my $operation = $OPERATIONS{$name} // die "there is no $name of a value of the program\n";
        my %mirrored = (lt => 'gt', le => 'ge', gt => 'lt', ge => 'le');
        return Polycode::Line::applied($operation, $self, $other) if !$is_swapped;
        return Polycode::Line::applied($mirrored{$operation} // "r$operation", $self, $other);
    }

    # Values of the program are compared there; they never equal a value of the tests.
    sub is_equal {
        my ($self, $other) = @_;
        return 0 if ref $other ne __PACKAGE__;
        return !!Polycode::Line::applied('eq', $self, $other);
    }

    sub items {
        my ($self) = @_;
        my $walk = Polycode::Line::applied('iter', $self);
        my @items;
        while (my @step = @{ Polycode::Line::applied('step', $walk) }) { push @items, $step[0] }
        return \@items;
    }

    sub fields {
        my ($self) = @_;
        tie my %fields, 'Polycode::Fields', $self;
        return \%fields;
    }

    use overload
        '==' => \&is_equal, 'eq' => \&is_equal,
        '!=' => sub { return !is_equal(@_) }, 'ne' => sub { return !is_equal(@_) },
        'bool' => sub { return 1 }, '""' => sub { return Polycode::Line::applied('str', $_[0]) },
        '0+' => sub { return Polycode::Line::applied('float', $_[0]) },
        'neg' => sub { return Polycode::Line::applied('neg', $_[0]) },
        '@{}' => \&items, '%{}' => \&fields,
        '&{}' => sub { my ($self) = @_; return sub { return Polycode::Line::called($self->told, undef, @_) } },
        '<>' => sub { return Polycode::Line::called($_[0]->told, undef) },
        nomethod => \&operate, fallback => 0;

    sub isa {
        my ($self, $class) = @_;
        return $class eq __PACKAGE__ if !ref $self;
        my $kind = Polycode::Line::found($class) // return 0;
        return !!Polycode::Line::applied('isinstance', $self, Polycode::Line::decode($kind));
    }

    sub can {
        my ($self, $name) = @_;
        return UNIVERSAL::can($self, $name) if !ref $self;
        local $@;
        return eval { Polycode::Line::applied('has', $self, $name) } ? sub { my $of = shift; return $of->$name(@_) } : undef;
    }

    # What is called is an attribute, or a method.
    our $AUTOLOAD;
    sub AUTOLOAD {
        my ($self, @args) = @_;
        my $name = $AUTOLOAD =~ s/.*:://r;
        my $told = $self->told;
        my $found = Polycode::Line::ask({ do => 'get', of => { yours => $told->{ref} }, name => $name })->{value};
        return Polycode::Line::called($found, $told, @args) if ref $found eq 'HASH' && ($found->{kind} // '') eq 'function';
        die "`$name` of the program is a value, which is not called\n" if @args;
        return Polycode::Line::decode($found);
    }
    sub DESTROY { }
}

# The fields of such a value.
package Polycode::Fields {
    sub TIEHASH { my ($class, $of) = @_; return bless { of => $of }, $class }

    sub FETCH {
        my ($self, $name) = @_;
        return Polycode::Line::value({ do => 'get', of => Polycode::Line::encode($self->{of}), name => "$name" });
    }

    sub STORE {
        my ($self, $name, $value) = @_;
        Polycode::Line::ask({ do => 'set', of => Polycode::Line::encode($self->{of}), name => "$name", value => Polycode::Line::encode($value) });
    }
    sub EXISTS { my ($self, $name) = @_; return Polycode::Line::applied('has', $self->{of}, $name) }
    sub FIRSTKEY { my ($self) = @_; $self->{left} = [@{ Polycode::Line::applied('keys', $self->{of}) }]; return shift @{ $self->{left} } }
    sub NEXTKEY { my ($self) = @_; return shift @{ $self->{left} } }
    sub SCALAR { return 1 }
}

package Polycode::Line;

my %remotes;

sub applied {
    my ($name, @args) = @_;
    return value({ do => 'apply', name => $name, args => [map { encode($_) } @args] });
}

# Calls what was told.
sub called {
    my ($told, $this, @args) = @_;
    my $answer = ask({
        do => 'call', of => { yours => $told->{ref} }, args => [map { encode($_) } @args],
        $this ? (this => { yours => $this->{ref} }) : (), $told->{kind} eq 'class' ? (new => !!1) : (),
    });
    restore($args[$_->[0]], decode($_->[1])) for @{ $answer->{changed} // [] };
    my $value = $answer->{value};
    if (ref $value eq 'HASH' && exists $value->{tuple}) {
        my @values = @{ decode($value->{tuple}) };
        return wantarray ? @values : $values[-1];
    }
    return decode($value);
}

# Makes a list or map what it became on the other side.
sub restore {
    my ($given, $changed) = @_;
    if    (ref $given eq 'ARRAY') { @$given = @$changed }
    elsif (ref $given eq 'HASH')  { %$given = %$changed }
    else                          { die "only lists and maps can be changed by a function\n" }
}

sub remote {
    my ($told) = @_;
    return value({ do => 'apply', name => 'await', args => [{ yours => $told->{ref} }] }) if $told->{kind} eq 'promise';
    return $remotes{ $told->{ref} } //= do {
        my $made = Polycode::Remote->of($told);
        $theirs{ refaddr $made } = $told->{ref};
        $made;
    };
}

# What the program raised: a text with its place, or an object of its.
sub exception {
    my ($raised) = @_;
    return $known[$raised->{yours} - 1] if exists $raised->{yours};
    return decode($raised->{thrown}) if exists $raised->{thrown};
    if (!defined $raised->{name} && ($raised->{class} // '') eq 'Exception') {
        my ($file, $line) = ($raised->{at} // '') =~ /\A(.*):(\d+)\z/;
        return $raised->{text} . (defined $line ? " at $file line $line.\n" : "\n");
    }
    my $class = $raised->{class};
    my $made = remote({ ref => $raised->{of}, kind => 'object', name => ref $class ? $class->{name} : $class });
    my $words = ($made->told->{name} // 'Exception') . ": $raised->{text}";
    $words .= " ($raised->{at})" if defined $raised->{at};
    $made->told->{words} = $words;
    return $made;
}

# A program may call what it was given, and no more.
sub perform {
    my ($request) = @_;
    my $action = $request->{do} eq 'call' ? $known[($request->{of}{yours} // 0) - 1] : undef;
    die "a program can only call what it was given\n" if ref $action ne 'CODE';
    my $failed = $Polycode::More::failed;
    my @values = $action->(map { decode($_) } @{ $request->{args} });
    # What was checked is not for the program to forgive.
    $broken //= $Polycode::More::failed if !defined $failed;
    return { value => @values == 1 ? encode($values[0]) : @values ? encode(\@values) : undef };
}

# What has a name at the top of the program, as it was told; none where there is no such thing.
sub found {
    my ($name) = @_;
    local $@;
    for my $program (@programs) {
        my $value = eval { ask({ do => 'get', of => encode($program), name => $name =~ s/::/_/gr })->{value} };
        return $value if defined $value;
    }
    return undef;
}

# Calls what the program has at its top.
sub called_by_name {
    my ($name, @args) = @_;
    return Polycode::Later::it() if $is_listed;
    my $told = found($name) // die "there is no function `$name`\n";
    return ref $told eq 'HASH' && $told->{ref} ? called($told, undef, @args) : decode($told);
}

# Calls a method of a class of the program.
sub called_of_class {
    my ($class, $name, @args) = @_;
    return Polycode::Later::it() if $is_listed;
    my $told = found($class) // die "there is no package `$class`\n";
    my $remote = decode($told);
    my $method = do {
        local $@;
        eval { ask({ do => 'get', of => encode($remote), name => $name })->{value} };
    };
    return called($method, $told, @args) if ref $method eq 'HASH' && ($method->{kind} // '') eq 'function';
    return called($told, undef, @args) if $name eq 'new';
    die "the package `$class` has no method `$name`\n" if !defined $method;
    return decode($method);
}

# Loads a file: one of the tests, of the library, or else of the program.
sub required {
    my ($name) = @_;
    return CORE::require($name) if $name =~ /\A[\d.v]+\z/;
    my $path = $name =~ s{\A(?:\./)+}{}r;
    return 1 if $INC{$path};
    return CORE::require("/box/$path") if -f "/box/$path";
    for my $folder (@INC) {
        return CORE::require($path) if !ref $folder && -f "$folder/$path";
    }
    $INC{$path} = $path;
    push @programs, $is_listed ? Polycode::Later::it() : value({ do => 'load', name => $path =~ s/\.p[lm]\z//r });
    return 1;
}

# Checks. A check that does not hold does not end a test.
package Polycode::More {
    our ($failed, $checks, $name) = (undef, 0, undef);
    my (@found, %tests);

    # Whether checks count: those outside of subtests are a test of their own.
    sub counts { return !$is_listed && (defined $name ? $name eq $wanted : $wanted eq $entry) }

    sub check {
        my ($holds, $words, $what) = @_;
        push @found, $entry if !defined $name && !$tests{$entry}++;
        return $holds if !counts();
        $checks++;
        return 1 if $holds;
        my $level = 0;
        $level++ while (caller $level)[1] && (caller $level)[1] =~ /polycode_tests|\(eval/;
        my (undef, $file, $line) = caller $level;
        my $said = defined $words && length $words ? "$words: $what" : $what;
        $failed //= ($file ? "$file:$line: " : '') . $said;
        return 0;
    }

    sub shown {
        my ($value) = @_;
        local $@;
        return 'undef' if !defined $value;
        return eval { "$value" } // 'a value of the program' if Scalar::Util::blessed $value;
        my $json = eval { JSON::PP->new->allow_nonref->canonical->encode(ref $value ? $value : "$value") } // "$value";
        return length $json > 200 ? substr($json, 0, 200) . '…' : $json;
    }

    sub is_same {
        my ($one, $other) = @_;
        return !defined $one && !defined $other if !defined $one || !defined $other;
        return "$one" eq "$other" if !ref $one && !ref $other;
        return 0 if !ref $one || !ref $other;
        return $one == $other if ref $one eq 'Polycode::Remote' && ref $other eq 'Polycode::Remote';
        return 0 if ref $one ne ref $other;
        if (ref $one eq 'ARRAY') {
            return 0 if @$one != @$other;
            is_same($one->[$_], $other->[$_]) or return 0 for 0 .. $#$one;
            return 1;
        }
        if (ref $one eq 'HASH') {
            return 0 if keys %$one != keys %$other;
            exists $other->{$_} && is_same($one->{$_}, $other->{$_}) or return 0 for keys %$one;
            return 1;
        }
        return $one == $other;
    }

    sub is_text { my ($one, $other) = @_; return (defined $one ? 1 : 0) == (defined $other ? 1 : 0) && (!defined $one || (!ref $one && !ref $other ? $one eq $other : is_same($one, $other))) }

    # What an action dies of.
    sub died {
        my ($action) = @_;
        local $@;
        return undef if eval { $action->(); 1 };
        my $error = $@;
        return $error;
    }

    my %CHECKS = (
        ok => sub { check($_[0], $_[1], 'what is checked does not hold') },
        is => sub { check(is_text(@_[0, 1]), $_[2], shown($_[1]) . ' expected, not ' . shown($_[0])) },
        isnt => sub { check(!is_text(@_[0, 1]), $_[2], shown($_[1]) . ' is not expected') },
        is_deeply => sub { check(is_same(@_[0, 1]), $_[2], shown($_[1]) . ' expected, not ' . shown($_[0])) },
        like => sub { check(defined $_[0] && !ref $_[0] && $_[0] =~ $_[1], $_[2], shown($_[0]) . " does not match $_[1]") },
        unlike => sub { check(defined $_[0] && !ref $_[0] && $_[0] !~ $_[1], $_[2], shown($_[0]) . " matches $_[1], or is no text") },
        cmp_ok => sub {
            my ($one, $operator, $other, $words) = @_;
            local $@;
            my $holds = eval "\$one $operator \$other";
            check($holds, $words, shown($one) . " $operator " . shown($other) . ' does not hold');
        },
        can_ok => sub { my ($of, @names) = @_; check(!(grep { !(ref $of ? $of->can($_) : Polycode::Line::class_can($of, $_)) } @names), undef, "it can not all of @names") },
        isa_ok => sub { my ($of, $class, $words) = @_; check(scalar(Scalar::Util::blessed $of ? $of->isa($class) : ref $of eq $class), $words, shown($of) . " is no $class") },
        new_ok => sub { my ($class, $args) = @_; my $made = $class->new(@{ $args // [] }); check(defined $made, undef, "$class makes nothing"); return $made },
        pass => sub { check(1) },
        fail => sub { check(0, $_[0], 'it fails') },
        dies_ok => sub (&;@) { check(defined died($_[0]), $_[1], 'it did not die') },
        lives_ok => sub (&;@) { my $error = died($_[0]); check(!defined $error, $_[1], 'it died: ' . shown($error)) },
        throws_ok => sub (&;@) {
            my ($action, $expected, $words) = @_;
            my $error = died($action);
            my $is = defined $error && (ref $expected eq 'Regexp' ? (ref $error ? $error->told->{words} // '' : $error) =~ $expected : Scalar::Util::blessed $error && $error->isa($expected));
            check($is, $words, "$expected expected, not " . shown($error));
        },
        exception => sub (&;@) { return died($_[0]) },
        subtest => \&subtest,
        (map { $_ => sub { return } } qw(diag note plan done_testing BAIL_OUT)),
        explain => sub { return map { shown($_) } @_ },
        printed => sub { return $is_listed ? '' : Polycode::Line::value({ do => 'printed' }) },
        require_ok => sub { local $@; check(scalar eval { Polycode::Line::required($_[0] =~ /[\/.]/ ? $_[0] : $_[0] =~ s{::}{/}gr . '.pm'); 1 }, undef, "$_[0] can't be loaded") },
        skip => sub { no warnings 'exiting'; check(0, $_[0], 'the test was not run to its end'); last SKIP },
    );
    $CHECKS{use_ok} = $CHECKS{require_ok};

    sub subtest {
        my ($text, $body) = @_;
        if (defined $name) {
            # One in another is a part of it.
            return $body->();
        }
        die "two tests are called $text\n" if $tests{$text}++;
        push @found, $text;
        return 1 if $is_listed || $wanted ne $text;
        local $name = $text;
        return $body->();
    }

    # Gives the checks to whoever uses a module of that name.
    sub import {
        my $into = caller;
        no strict 'refs';
        *{"${into}::$_"} = $CHECKS{$_} for keys %CHECKS;
    }

    sub names { return @found }
}

sub class_can {
    my ($class, $name) = @_;
    my $told = found($class);
    return $told && applied('has', decode($told), $name);
}

for my $module (qw(Test::More Test::Simple Test::Exception Test::Fatal Test2::V0)) {
    no strict 'refs';
    $INC{ $module =~ s{::}{/}gr . '.pm' } = 'Test/More.pm';
    *{"${module}::import"} = sub { goto &Polycode::More::import };
}

{
    no warnings qw(once redefine);
    *CORE::GLOBAL::require = \&required;
    *CORE::GLOBAL::do = \&required;
    eval q{
        package main;
        our $AUTOLOAD;
        sub AUTOLOAD { my $name = $AUTOLOAD =~ s/.*:://r; return if $name eq 'DESTROY'; return Polycode::Line::called_by_name($name, @_) }
        package UNIVERSAL;
        our $AUTOLOAD;
        sub AUTOLOAD {
            my ($class, $name) = $AUTOLOAD =~ /\A(.*)::(\w+)\z/;
            return if $name =~ /\A(?:DESTROY|import|unimport)\z/;
            shift;
            return Polycode::Line::called_of_class($class, $name, @_);
        }
    };
    die $@ if $@;
}

# What made a test fail, in a few words.
sub why {
    my ($error) = @_;
    return $error->told->{words} // 'an object of the program was thrown' if ref $error eq 'Polycode::Remote';
    return Polycode::More::shown($error) if ref $error;
    return $error =~ s/\s+\z//r;
}

sub run_tests {
    Polycode::load($entry, '');
    my $error = $@;
    die $error if Polycode::has_died();
}

open_line() if !$is_listed;
my $done = eval { run_tests(); 1 };
my $error = $@;
die $error if $is_listed && !$done;
if ($is_listed) {
    Polycode::answer($JSON->encode([Polycode::More::names()]));
}
else {
    my $failed = $broken // $Polycode::More::failed // ($done ? undef : why($error));
    $failed //= 'no check was made' if !$Polycode::More::checks;
    Polycode::answer($JSON->encode(defined $failed ? { failed => text($failed) } : 'passed'));
}
