#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>

#include "hipchat/secret.hpp"

namespace hipchat {

enum class log_level { debug, info, warning, error };

/// One named value of a log line. A secret cannot become one.
class log_field {
public:
    log_field(std::string_view name, std::string_view value) : name_(name), value_(value) {}
    log_field(std::string_view name, const char* value) : name_(name), value_(value) {}
    template <std::integral Number>
    log_field(std::string_view name, Number value) : name_(name), value_(std::to_string(value)) {}
    log_field(std::string_view name, const secret& value) = delete;

    std::string_view name() const noexcept { return name_; }
    std::string_view value() const noexcept { return value_; }

private:
    std::string_view name_;
    std::string value_;
};

/// Where structured lines go: an event in words, then named values. Safe from every thread.
/// URLs are logged without their query, because queries carry tokens.
class logger {
public:
    virtual ~logger() = default;
    logger() = default;
    logger(const logger&) = delete;
    logger& operator=(const logger&) = delete;

    virtual void write(log_level level, std::string_view event,
                       std::initializer_list<log_field> fields) = 0;

    void debug(std::string_view event, std::initializer_list<log_field> fields = {}) {
        write(log_level::debug, event, fields);
    }
    void info(std::string_view event, std::initializer_list<log_field> fields = {}) {
        write(log_level::info, event, fields);
    }
    void warning(std::string_view event, std::initializer_list<log_field> fields = {}) {
        write(log_level::warning, event, fields);
    }
    void error(std::string_view event, std::initializer_list<log_field> fields = {}) {
        write(log_level::error, event, fields);
    }
};

/// One line an event on standard error: time, level, event, name=value. Lines below `least` are
/// dropped. Lives as long as the program; `least` is that of the first call.
logger& stderr_logger(log_level least = log_level::info);

/// A logger that drops everything; for tests.
logger& null_logger();

/// `url` up to its first '?' or '#': what may be logged of it.
std::string_view without_query(std::string_view url);

}  // namespace hipchat
