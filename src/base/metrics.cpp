#include "base/metrics.hpp"

#include <charconv>

namespace hipchat {
namespace {

std::string number(double value) {
    std::array<char, 32> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), written.ptr};
}

void append_escaped(std::string& text, std::string_view value) {
    for (const char c : value) {
        if (c == '\\' || c == '"') text += '\\';
        if (c == '\n')
            text += "\\n";
        else
            text += c;
    }
}

// name{label="value",…} value
void append_sample(std::string& text, std::string_view name, std::string_view suffix,
                   const metric_labels& labels, std::string_view value) {
    text.append(name).append(suffix);
    char before = '{';
    for (const auto& [label, of] : labels) {
        text += std::exchange(before, ',');
        text.append(label).append("=\"");
        append_escaped(text, of);
        text += '"';
    }
    if (!labels.empty()) text += '}';
    text.append(" ").append(value).append("\n");
}

}  // namespace

void histogram::observe(std::chrono::nanoseconds took) noexcept {
    const double seconds = static_cast<double>(took.count()) / 1e9;
    ++count_;
    sum_ += took;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        if (seconds > bounds.at(i)) continue;
        ++buckets_.at(i);
        return;
    }
}

void status_counts::add(int status) {
    for (auto& [known, count] : counts_) {
        if (known != status) continue;
        ++count;
        return;
    }
    counts_.emplace_back(status, 1);
}

metrics_page::family& metrics_page::family_of(std::string_view name, std::string_view help,
                                              std::string_view type) {
    auto found = families_.find(name);
    if (found == families_.end()) {
        family made;
        made.head.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
        made.head.append(name).append(" ").append(type).append("\n");
        found = families_.emplace(std::string(name), std::move(made)).first;
    }
    return found->second;
}

void metrics_page::counter(std::string_view name, std::string_view help,
                           const metric_labels& labels, std::uint64_t value) {
    family& of = family_of(name, help, "counter");
    append_sample(of.samples, name, "", labels, std::to_string(value));
}

void metrics_page::gauge(std::string_view name, std::string_view help, const metric_labels& labels,
                         std::uint64_t value) {
    family& of = family_of(name, help, "gauge");
    append_sample(of.samples, name, "", labels, std::to_string(value));
}

void metrics_page::seconds(std::string_view name, std::string_view help,
                           const metric_labels& labels, const histogram& value) {
    family& of = family_of(name, help, "histogram");
    metric_labels bounded = labels;
    bounded.emplace_back("le", "");
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < histogram::bounds.size(); ++i) {
        so_far += value.within(i);
        bounded.back().second = number(histogram::bounds.at(i));
        append_sample(of.samples, name, "_bucket", bounded, std::to_string(so_far));
    }
    bounded.back().second = "+Inf";
    append_sample(of.samples, name, "_bucket", bounded, std::to_string(value.count()));
    append_sample(of.samples, name, "_sum", labels, number(value.sum_seconds()));
    append_sample(of.samples, name, "_count", labels, std::to_string(value.count()));
}

std::string metrics_page::text() const {
    std::string page;
    for (const auto& [name, one] : families_)
        page.append(one.head).append(one.samples);
    return page;
}

}  // namespace hipchat
