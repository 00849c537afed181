#include "base/log.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <mutex>

#include "base/clock.hpp"
#include "base/log_text.hpp"
#include "base/random.hpp"

namespace hipchat {
namespace {

constexpr std::string_view level_name(log_level level) {
    switch (level) {
        case log_level::debug:
            return "debug";
        case log_level::info:
            return "info";
        case log_level::warning:
            return "warning";
        case log_level::error:
            return "error";
    }
    return "error";
}

std::string timestamp() {
    const auto now = system_clock().now().time_since_epoch();
    const auto micros = now.count() % 1'000'000;
    const std::time_t seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%FT%T", &parts);
    const std::string millis = std::to_string(1000 + micros / 1000);  // 1000 to 1999
    return std::string(text.data(), length) + "." + millis.substr(1) + "Z";
}

std::string text_line(const log_line& line) {
    std::string text = timestamp();
    text.append(" ").append(level_name(line.level)).append(" ");
    append_word(text, line.event);
    const auto append = [&text](std::string_view name, std::string_view value) {
        text.append(" ").append(name).append("=");
        append_word(text, value);
    };
    if (line.request != request_id::none) append("request", to_string(line.request));
    for (const log_field& field : line.fields)
        append(field.name(), field.value());
    return text;
}

std::string json_line(const log_line& line) {
    std::string text = "{";
    const auto append = [&text](std::string_view name, std::string_view value) {
        if (text.size() > 1) text += ',';
        append_json_string(text, name);
        text += ':';
        append_json_string(text, value);
    };
    append("time", timestamp());
    append("level", level_name(line.level));
    append("message", line.event);
    if (line.request != request_id::none) append("request", to_string(line.request));
    for (const log_field& field : line.fields)
        append(field.name(), field.value());
    return text += '}';
}

class line_logger final : public logger {
public:
    line_logger(log_level least, log_format format) : least_(least), format_(format) {}

    void write(const log_line& line) override {
        if (line.level < least_) return;
        const std::string text = format_line(line, format_);
        const std::lock_guard lock(mutex_);
        std::fwrite(text.data(), 1, text.size(), stderr);
    }

private:
    log_level least_;
    log_format format_;
    std::mutex mutex_;
};

class silent_logger final : public logger {
public:
    void write(const log_line&) override {}
};

}  // namespace

std::string format_line(const log_line& line, log_format format) {
    return (format == log_format::json ? json_line(line) : text_line(line)) + '\n';
}

void log::write(log_level level, std::string_view event,
                std::initializer_list<log_field> fields) const {
    to_->write({level, event, {fields.begin(), fields.size()}, request_});
}

std::string to_string(request_id id) {
    static const std::string process = random_alphanumeric(6);
    if (id == request_id::none) return {};
    return process + "-" + std::to_string(static_cast<std::uint64_t>(id));
}

logger& stderr_logger(log_level least, log_format format) {
    static line_logger instance(least, format);
    return instance;
}

logger& null_logger() {
    static silent_logger instance;
    return instance;
}

std::string_view without_query(std::string_view url) {
    return url.substr(0, url.find_first_of("?#"));
}

}  // namespace hipchat
