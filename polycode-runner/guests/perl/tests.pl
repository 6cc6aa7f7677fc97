# The tests: they are listed, or one of them is run.

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
    my $failed = $Polycode::More::failed // ($done ? undef : why($error));
    $failed //= 'no check was made' if !$Polycode::More::checks;
    Polycode::answer($JSON->encode(defined $failed ? { failed => text($failed) } : 'passed'));
}
