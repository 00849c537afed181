#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "base/log.hpp"

namespace hipchat::testing {

/// Keeps every line that was logged, as "event name=value name=value". Safe from every thread.
class recording_log final : public logger {
public:
    void write(const log_line& written) override {
        std::string line(written.event);
        if (written.request != request_id::none)
            line.append(" request=").append(to_string(written.request));
        for (const log_field& field : written.fields)
            line.append(" ").append(field.name()).append("=").append(field.value());
        const std::lock_guard lock(mutex_);
        lines_.push_back(std::move(line));
        if (on_line_) on_line_(lines_.back());
    }

    /// Calls `heard` for each line from now on, on the thread that writes it; it must not log.
    void on_line(std::function<void(const std::string& line)> heard) {
        const std::lock_guard lock(mutex_);
        on_line_ = std::move(heard);
    }

    std::vector<std::string> lines() const {
        const std::lock_guard lock(mutex_);
        return lines_;
    }

    /// Number of lines that contain `text`.
    int count(std::string_view text) const {
        const std::lock_guard lock(mutex_);
        int found = 0;
        for (const std::string& line : lines_)
            found += line.find(text) != std::string::npos ? 1 : 0;
        return found;
    }

private:
    mutable std::mutex mutex_;
    std::vector<std::string> lines_;
    std::function<void(const std::string& line)> on_line_;
};

}  // namespace hipchat::testing
