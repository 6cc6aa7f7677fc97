// Functions, variables and exceptions of C++ for tests. What does not cross is known before it is asked for, and refused then.
#pragma once

#include "call.hpp"
#include "tested.h"

namespace __cxxabiv1 {
extern "C" std::type_info *__cxa_current_exception_type() noexcept;
}

namespace __polycode {

template <class T> using same = T;

// Whether tests can give a value of a type.
template <class T> consteval bool is_read() {
    if constexpr (one_of<T, bool, char, std::string, std::nullptr_t, std::monostate> || integer<T> || std::is_enum_v<T>
        || std::floating_point<T>) {
        return true;
    } else if constexpr (is_optional<T>) {
        return is_read<typename T::value_type>();
    } else if constexpr (map<T>) {
        using key = typename T::key_type;
        return (one_of<key, std::string, char> || integer<key>) && is_read<typename T::mapped_type>();
    } else if constexpr (is_array<T>) {
        return is_read<typename T::value_type>();
    } else if constexpr (tuple<T>) {
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return (is_read<std::tuple_element_t<I, T>>() && ...);
        }(std::make_index_sequence<std::tuple_size_v<T>>());
    } else if constexpr (collection<T>) {
        return is_read<typename T::value_type>();
    } else {
        return false;
    }
}

// Whether tests can be given one; or nothing.
template <class T> consteval bool is_written() {
    if constexpr (std::is_void_v<T>) {
        return true;
    } else if constexpr (one_of<T, bool, char, const char *, char *> || integer<T> || std::is_enum_v<T> || std::floating_point<T>
        || nothing<T>) {
        return true;
    } else if constexpr (std::convertible_to<const T &, std::string_view>) {
        return true;
    } else if constexpr (is_optional<T>) {
        return is_written<typename T::value_type>();
    } else if constexpr (is_variant<T>) {
        return []<class... V>(std::type_identity<std::variant<V...>>) { return (is_written<V>() && ...); }(std::type_identity<T>());
    } else if constexpr (map<T>) {
        using key = typename T::key_type;
        return (std::convertible_to<key, std::string_view> || std::same_as<key, char> || integer<key>)
            && is_written<typename T::mapped_type>();
    } else if constexpr (std::ranges::input_range<const T>) {
        return is_written<std::ranges::range_value_t<const T>>();
    } else if constexpr (tuple<T>) {
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return (is_written<std::tuple_element_t<I, T>>() && ...);
        }(std::make_index_sequence<std::tuple_size_v<T>>());
    } else {
        return false;
    }
}

// What a function of the tests raised, on its way to them.
struct theirs {
    int number;
};

// A function of the tests.
template <class F> struct given;
template <class R, class... A> struct given<R(A...)> {
    int number = 0;
    static constexpr bool crosses
        = (is_written<std::remove_cvref_t<A>>() && ...) && (std::is_void_v<R> || is_read<std::remove_cvref_t<R>>())
        && !std::is_reference_v<R>;

    R operator()(A... values) const {
        std::size_t part = __polycode_ask(number);
        write_list("", "", static_cast<const std::remove_cvref_t<A> &>(values)...);
        int raised = 0;
        json answer = __polycode_asked(part, &raised);
        if (!answer)
            throw theirs{raised};
        if constexpr (!std::is_void_v<R>)
            return read<std::remove_cv_t<R>>(answer);
    }
};

template <class R, class... A>
    requires given<R(A...)>::crosses
struct parameter<std::function<R(A...)>> {
    given<R(A...)> value;
    static constexpr int kind = __POLYCODE_OTHER;
    static constexpr bool changes = false;

    explicit parameter(std::size_t number) : value{__polycode_take_function(__polycode_argument(number))} {}
    std::function<R(A...)> pass() { return value; }
};
template <class F> struct parameter<const std::function<F> &> : parameter<std::function<F>> {
    std::function<F> whole = this->value;

    using parameter<std::function<F>>::parameter;
    const std::function<F> &pass() { return whole; }
};

// A pointer has no room for a number: what it calls is the function that it was made for last.
template <class R, class... A>
    requires given<R(A...)>::crosses
struct parameter<R (*)(A...)> {
    static inline given<R(A...)> last;
    static constexpr int kind = __POLYCODE_OTHER;
    static constexpr bool changes = false;

    explicit parameter(std::size_t number) { last.number = __polycode_take_function(__polycode_argument(number)); }
    static R call(A... values) { return last(static_cast<A>(values)...); }
    R (*pass())(A...) { return call; }
};

template <class> inline constexpr bool is_function = false;
template <class F> inline constexpr bool is_function<std::function<F>> = true;
template <class> inline constexpr bool is_crossing = false;
template <class R, class... A> inline constexpr bool is_crossing<R(A...)> = given<R(A...)>::crosses;
template <class F> inline constexpr bool is_crossing<std::function<F>> = is_crossing<F>;

// Whether a parameter can be given.
template <class A> consteval bool is_taken() {
    using type = std::remove_cvref_t<A>;
    if constexpr (is_function<type>)
        return is_crossing<type> && (!std::is_reference_v<A> || std::same_as<A, const type &>);
    else if constexpr (std::same_as<type, std::string_view>)
        return true;
    else if constexpr (is_span<type>)
        return type::extent == std::dynamic_extent && is_read<typename type::value_type>()
            && !std::same_as<typename type::value_type, bool>;
    else if constexpr (std::is_pointer_v<A> && std::is_function_v<std::remove_pointer_t<A>>)
        return is_crossing<std::remove_pointer_t<A>>;
    else if constexpr (std::is_pointer_v<A>) {
        using of = std::remove_cv_t<std::remove_pointer_t<A>>;
        if constexpr (std::is_volatile_v<std::remove_pointer_t<A>> || std::is_void_v<of> || std::same_as<of, bool>)
            return false;
        else
            return is_read<of>();
    } else
        return is_read<type>();
}

template <class A> consteval bool is_changed() {
    if constexpr (is_taken<A>())
        return parameter<A>::changes;
    else
        return false;
}

template <class R, class... A> consteval unsigned long long changes(R (*)(A...)) {
    unsigned long long bits = 0, bit = 1;
    (..., (bits |= is_changed<A>() ? bit : 0, bit <<= 1));
    return bits;
}
template <class R, class... A> consteval unsigned long long changes(R (*)(A..., ...)) { return 0; }

// The text of a list or map before the call, and what became of it.
template <class Tuple, std::size_t... I> auto shown(const Tuple &parameters, std::index_sequence<I...>) {
    std::array<const char *, sizeof...(I) + 1> texts{};
    auto show = [&texts](std::size_t number, const auto &one) {
        if constexpr (std::remove_cvref_t<decltype(one)>::changes) {
            std::size_t part = __polycode_part();
            one.show();
            texts[number] = __polycode_taken(part);
        }
    };
    (..., show(I, std::get<I>(parameters)));
    return texts;
}
template <class Tuple, std::size_t... I> void put_changes(const Tuple &parameters, const auto &before, std::index_sequence<I...>) {
    auto put = [&before](int number, const auto &one) {
        if constexpr (std::remove_cvref_t<decltype(one)>::changes) {
            std::size_t part = __polycode_part();
            one.show();
            __polycode_put_change(number, before[number], part);
        }
    };
    (..., put(static_cast<int>(I), std::get<I>(parameters)));
}

template <class R, class... A> void offer(const char *const *types, R (*function)(A...)) {
    __polycode_offered(types);
    if constexpr (constexpr bool taken[] = {is_taken<A>()..., true}; !(is_taken<A>() && ...)) {
        __polycode_refuse(static_cast<int>(std::find(taken, taken + sizeof...(A), false) - taken) + 1);
    } else if constexpr (!is_written<std::remove_cvref_t<R>>()) {
        __polycode_refuse(0);
    } else {
        constexpr unsigned char kinds[] = {parameter<A>::kind..., 0};
        __polycode_parameters(kinds, sizeof...(A));
        [function]<std::size_t... I>(std::index_sequence<I...> all) {
            std::tuple<parameter<A>...> parameters{I...};
            auto before = shown(parameters, all);
            __polycode_made();
            if constexpr (std::is_void_v<R>) {
                function(std::get<I>(parameters).pass()...);
                write_changes(parameters, all);
            } else {
                write<std::remove_cvref_t<R>>(function(std::get<I>(parameters).pass()...));
            }
            put_changes(parameters, before, all);
        }(std::make_index_sequence<sizeof...(A)>());
    }
}
template <class R, class... A> void offer(const char *const *types, R (*)(A..., ...)) {
    __polycode_offered(types);
    __polycode_refuse(0);
}

// Variables.
template <class T> void give_variable(const char *const *types, const T &variable) {
    if constexpr (is_written<T>()) {
        write(variable);
    } else {
        __polycode_offered(types);
        __polycode_refuse(0);
    }
}
template <class T> void take_variable(const char *const *types, T &variable) {
    if constexpr (is_read<T>() && std::is_assignable_v<T &, T>) {
        variable = read<T>(__polycode_given());
    } else {
        __polycode_offered(types);
        __polycode_refuse(1);
    }
}

// Classes of exceptions: by what tests know them, that which is nearest.
template <class T> consteval const char *base() {
    if constexpr (std::is_base_of_v<std::out_of_range, T>)
        return "IndexError";
    else if constexpr (std::is_base_of_v<std::invalid_argument, T> || std::is_base_of_v<std::domain_error, T>
        || std::is_base_of_v<std::length_error, T>)
        return "ValueError";
    else if constexpr (std::is_base_of_v<std::overflow_error, T>)
        return "OverflowError";
    else if constexpr (std::is_base_of_v<std::range_error, T> || std::is_base_of_v<std::underflow_error, T>)
        return "ArithmeticError";
    else if constexpr (std::is_base_of_v<std::runtime_error, T>)
        return "RuntimeError";
    else
        return "Exception";
}
template <class T> const char *type() {
    if constexpr (std::is_base_of_v<std::exception, T>)
        return typeid(T).name();
    else
        return nullptr;
}
template <class T, class... Before> consteval unsigned long long above() {
    unsigned long long bits = 0, bit = 1;
    (..., (bits |= std::is_base_of_v<Before, T> ? bit : 0, bit <<= 1));
    return bits;
}

// The last name in what the library says of a type, such as `St12out_of_range`.
inline std::string name_of(const char *type) {
    std::string name;
    for (const char *at = type; *at && *at != 'I';) {
        if (!std::isdigit(static_cast<unsigned char>(*at))) {
            // What versions of the library are called is no name.
            at += std::string_view(at).starts_with("St3__2") ? 6 : 1;
            continue;
        }
        char *begin;
        std::size_t count = std::strtoul(at, &begin, 10);
        name.assign(begin, std::min(count, std::strlen(begin)));
        at = begin + name.size();
    }
    return name.empty() ? "Exception" : name;
}

// What tests know an exception of the library as.
inline std::string known(const std::exception &error) {
    const std::type_info &type = typeid(error);
    if (type == typeid(std::exception) || type == typeid(std::logic_error))
        return "Exception";
    if (dynamic_cast<const std::bad_alloc *>(&error))
        return "MemoryError";
    if (dynamic_cast<const std::bad_cast *>(&error))
        return "TypeError";
    auto is = [&type](auto... of) { return (... || (type == typeid(of))); };
    if (is(std::out_of_range("")))
        return "IndexError";
    if (is(std::invalid_argument(""), std::domain_error(""), std::length_error("")))
        return "ValueError";
    if (is(std::overflow_error("")))
        return "OverflowError";
    if (is(std::range_error(""), std::underflow_error("")))
        return "ArithmeticError";
    if (is(std::runtime_error("")))
        return "RuntimeError";
    return name_of(type.name());
}

inline void threw(auto &&thrown) {
    std::size_t part = __polycode_part();
    write(thrown);
    __polycode_threw_value(part);
}

inline void guard(void (*call)()) {
    try {
        call();
    } catch (const theirs &raised) {
        __polycode_threw_theirs(raised.number);
    } catch (const std::exception &error) {
        __polycode_threw(known(error).c_str(), typeid(error).name(), error.what(), std::strlen(error.what()));
    } catch (const std::string &words) {
        threw(words);
    } catch (const char *words) {
        threw(std::string_view(words));
    } catch (int number) {
        threw(number);
    } catch (double number) {
        threw(number);
    } catch (...) {
        // It is known by its name alone.
        const std::type_info *type = __cxxabiv1::__cxa_current_exception_type();
        __polycode_threw(type ? name_of(type->name()).c_str() : "Exception", nullptr, "", 0);
    }
}

inline void flush() {
    std::cout.flush();
    __polycode_flush();
}

}
