# What stands for the program in its tests.

my ($entry, $wanted) = @ARGV;
my $is_listed = !defined $wanted;
# The files of the program that tests asked for.
my @programs;

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

# A program may call what it was given, and no more. A check that does not hold there is noted, and nothing is raised.
sub perform {
    my ($request) = @_;
    my $action = $request->{do} eq 'call' ? $known[($request->{of}{yours} // 0) - 1] : undef;
    die "a program can only call what it was given\n" if ref $action ne 'CODE';
    my @values = $action->(map { decode($_) } @{ $request->{args} });
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
