#include "protocol/command_text.hpp"

#include <algorithm>
#include <utility>

namespace hipchat::protocol {
namespace {

constexpr std::string_view white_space = " \t\n\r\f\v";

bool is_white(char c) {
    return white_space.find(c) != std::string_view::npos;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(white_space);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

class word_splitter {
public:
    explicit word_splitter(std::string_view text) : text_(text) {}

    std::vector<std::string> run() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (is_white(c))
                end_word();
            else if (c == '\'' || c == '"')
                take_quoted(c);
            else if (c == '\\' && at_ + 1 < text_.size())
                take(++at_);
            else
                take(at_);
            ++at_;
        }
        end_word();
        return std::move(words_);
    }

private:
    void take(std::size_t place) {
        in_word_ = true;
        word_.push_back(text_[place]);
    }

    void end_word() {
        if (std::exchange(in_word_, false)) words_.push_back(std::exchange(word_, {}));
    }

    // Place of the quote that closes the one at at_; npos if there is none.
    std::size_t closing(char quote) const {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote)
            end += quote == '"' && text_[end] == '\\' ? 2 : 1;
        return end < text_.size() ? end : std::string_view::npos;
    }

    void take_quoted(char quote) {
        // Once a quote was not closed, no later one of its kind is: looked for once only.
        bool& open = quote == '"' ? open_double_ : open_single_;
        const std::size_t end = open ? std::string_view::npos : closing(quote);
        if (end == std::string_view::npos) {
            open = true;
            take(at_);
            return;
        }
        in_word_ = true;  // even if nothing is between the quotes
        for (++at_; at_ < end; ++at_) {
            const bool escapes = quote == '"' && text_[at_] == '\\'
                                 && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\');
            take(escapes ? ++at_ : at_);
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string word_;
    bool in_word_ = false;
    std::vector<std::string> words_;
    bool open_single_ = false;
    bool open_double_ = false;
};

void append_escaped(std::string& to, std::string_view name) {
    constexpr std::string_view special = R"(\^$.|?*+()[]{})";
    for (const char c : name) {
        if (special.find(c) != std::string_view::npos) to += '\\';
        to += c;
    }
}

}  // namespace

command_text read_command(std::string_view text) noexcept {
    const std::size_t end = std::min(text.find_first_of(white_space), text.size());
    return {text.substr(0, end), trimmed(text.substr(end))};
}

std::vector<std::string> split_words(std::string_view text) {
    return word_splitter(text).run();
}

std::string command_pattern(std::span<const std::string> names) {
    std::string pattern = "^";
    if (names.size() > 1) pattern += '(';
    for (const std::string& name : names) {
        if (&name != names.data()) pattern += '|';
        append_escaped(pattern, name);
    }
    if (names.size() > 1) pattern += ')';
    return pattern + "(\\s|$)";
}

bool is_command_name(std::string_view name) noexcept {
    constexpr std::size_t longest = 41;
    return name.size() >= 2 && name.size() <= longest && name.front() == '/'
           && std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace hipchat::protocol
