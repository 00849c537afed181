#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "hipchat/log.hpp"

namespace hipchat {

/// A line as a logger gets it: an event in words, then named values.
struct log_line {
    log_level level = log_level::info;
    std::string_view event = {};
    std::span<const log_field> fields = {};
    request_id request = request_id::none;  ///< during whose handling it was written
};

/// Where structured lines go. Safe from every thread.
/// URLs are logged without their query, because queries carry tokens.
class logger {
public:
    virtual ~logger() = default;
    logger() = default;
    logger(const logger&) = delete;
    logger& operator=(const logger&) = delete;

    virtual void write(const log_line& line) = 0;

    void debug(std::string_view event, std::initializer_list<log_field> fields = {}) {
        write({log_level::debug, event, {fields.begin(), fields.size()}});
    }
    void info(std::string_view event, std::initializer_list<log_field> fields = {}) {
        write({log_level::info, event, {fields.begin(), fields.size()}});
    }
    void warning(std::string_view event, std::initializer_list<log_field> fields = {}) {
        write({log_level::warning, event, {fields.begin(), fields.size()}});
    }
    void error(std::string_view event, std::initializer_list<log_field> fields = {}) {
        write({log_level::error, event, {fields.begin(), fields.size()}});
    }
};

/// How lines are written.
enum class log_format {
    text,  ///< time level event request=id name=value
    json,  ///< one JSON object a line: "time", "level", "message", "request", then the fields
};

/// One line an event on standard error. Lines below `least` are dropped. Lives as long as the
/// program; the parameters are those of the first call.
logger& stderr_logger(log_level least = log_level::info, log_format format = log_format::text);

/// A logger that drops everything; for tests.
logger& null_logger();

/// `line` in that format, with the time of now and the line's end.
std::string format_line(const log_line& line, log_format format);

/// `url` up to its first '?' or '#': what may be logged of it.
std::string_view without_query(std::string_view url);

}  // namespace hipchat
