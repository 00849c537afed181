#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "hipchat/secret.hpp"

namespace hipchat {

class logger;

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

/// Names one request of this process in its log, and in nobody else's: it is made here, never taken
/// from a request. 0: none.
enum class request_id : std::uint64_t { none = 0 };

/// "k3x9qa-17": the same letters for as long as the process lives, then the number of the request.
/// Empty for none.
std::string to_string(request_id id);

/// The log of the add-on, for handlers: each line names the request that the handler handles.
///
///     event.log().info("counted", {{"name", name}, {"points", points}});
///
/// A value, cheap to copy, usable for as long as the add-on runs; safe from every thread. Log no
/// URL with its query: queries carry tokens.
class log {
public:
    /// For the library.
    log(logger& to, request_id request) noexcept : to_(&to), request_(request) {}

    /// @param event  what happened, in words
    /// @param fields named values, without "time", "level", "message" and "request"
    void debug(std::string_view event, std::initializer_list<log_field> fields = {}) const {
        write(log_level::debug, event, fields);
    }
    void info(std::string_view event, std::initializer_list<log_field> fields = {}) const {
        write(log_level::info, event, fields);
    }
    void warning(std::string_view event, std::initializer_list<log_field> fields = {}) const {
        write(log_level::warning, event, fields);
    }
    void error(std::string_view event, std::initializer_list<log_field> fields = {}) const {
        write(log_level::error, event, fields);
    }

    request_id request() const noexcept { return request_; }

private:
    void write(log_level level, std::string_view event,
               std::initializer_list<log_field> fields) const;

    logger* to_;
    request_id request_;
};

}  // namespace hipchat
