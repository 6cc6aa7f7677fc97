# The checks of Test::More. One that does not hold does not end a test.
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

    sub words_of { my ($error) = @_; return ref $error eq 'Polycode::Remote' ? $error->told->{words} // '' : ref $error ? shown($error) : $error }

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
            my $is = defined $error && (ref $expected eq 'Regexp' ? words_of($error) =~ $expected : Scalar::Util::blessed $error && $error->isa($expected));
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
