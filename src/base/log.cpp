#include "base/log.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <mutex>

#include "base/clock.hpp"

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

// Quotes a value when it would not read as one word; control characters never reach a terminal.
void append_value(std::string& line, std::string_view value) {
    const bool bare = !value.empty() && value.find_first_of(" \"=\\") == std::string_view::npos;
    if (!bare) line += '"';
    for (const char c : value) {
        if (c == '"' || c == '\\') line += '\\';
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            line += '?';
        else
            line += c;
    }
    if (!bare) line += '"';
}

class line_logger final : public logger {
public:
    explicit line_logger(log_level least) : least_(least) {}

    void write(log_level level, std::string_view event,
               std::initializer_list<log_field> fields) override {
        if (level < least_) return;
        std::string line = timestamp();
        line += " ";
        line += level_name(level);
        line += " ";
        append_value(line, event);
        for (const log_field& field : fields) {
            line += ' ';
            line += field.name();
            line += '=';
            append_value(line, field.value());
        }
        line += '\n';
        const std::lock_guard lock(mutex_);
        std::fwrite(line.data(), 1, line.size(), stderr);
    }

private:
    log_level least_;
    std::mutex mutex_;
};

class silent_logger final : public logger {
public:
    void write(log_level, std::string_view, std::initializer_list<log_field>) override {}
};

}  // namespace

logger& stderr_logger(log_level least) {
    static line_logger instance(least);
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
