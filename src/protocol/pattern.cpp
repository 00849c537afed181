#define PCRE2_CODE_UNIT_WIDTH 8

#include "protocol/pattern.hpp"

#include <pcre2.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <span>
#include <utility>
#include <vector>

#include "hipchat/errors.hpp"
#include "protocol/pattern_dialect.hpp"
#include "protocol/utf8.hpp"

namespace hipchat::protocol {
namespace {

constexpr std::size_t longest_pattern = 4096;
constexpr std::size_t longest_subject = 32768;
constexpr std::chrono::milliseconds search_budget(10);

// RE2 is linear in the subject times its program: a larger program goes to PCRE2, whose time is
// limited, and a middling one is searched off the loop.
constexpr std::int64_t re2_memory = 1 << 20;
constexpr int largest_program = 250;
constexpr int largest_quick_program = 100;

constexpr std::uint32_t pcre2_heap_kib = 8192;

struct freed {
    void operator()(pcre2_code* code) const noexcept { pcre2_code_free(code); }
    void operator()(pcre2_match_data* data) const noexcept { pcre2_match_data_free(data); }
    void operator()(pcre2_match_context* context) const noexcept {
        pcre2_match_context_free(context);
    }
};

// RE2 takes "$" as the very end; the dialect also stops before a last line feed.
std::string with_dialect_end(const translated_pattern& from) {
    std::string text;
    bool in_class = false;
    for (std::size_t i = 0; i < from.text.size(); ++i) {
        const char c = from.text[i];
        if (c == '\\') {
            text.append(from.text, i++, 2);
            continue;
        }
        if (c == '[') in_class = true;
        if (c == ']') in_class = false;
        if (c == '$' && !in_class)
            text += R"((?:\n?\z))";
        else
            text += c;
    }
    return text;
}

std::unique_ptr<const re2::RE2> compile_re2(const translated_pattern& from, bool utf8,
                                            bool capturing) {
    if (from.verbose) return nullptr;
    re2::RE2::Options options;
    options.set_encoding(utf8 ? re2::RE2::Options::EncodingUTF8
                              : re2::RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    options.set_max_mem(re2_memory);
    options.set_case_sensitive(!from.ignore_case);
    options.set_dot_nl(from.dot_all);
    options.set_never_capture(!capturing);
    std::string text = from.multi_line ? "(?m)" + from.text : with_dialect_end(from);
    auto compiled = std::make_unique<const re2::RE2>(text, options);
    if (!compiled->ok() || compiled->ProgramSize() > largest_program) return nullptr;
    return compiled;
}

[[noreturn]] void refuse(const translated_pattern& from, std::string_view source, int flaw,
                         std::size_t offset) {
    std::array<unsigned char, 160> message{};
    pcre2_get_error_message(flaw, message.data(), message.size());
    const std::size_t place = offset < from.origin.size() ? from.origin[offset] : source.size();
    throw config_error("the pattern is not a regular expression: "
                       + std::string(reinterpret_cast<const char*>(message.data()))
                       + " at character " + std::to_string(place + 1)
                       + "; escape special characters with a backslash");
}

// Callouts let a search look at the clock before every item of the pattern.
std::unique_ptr<pcre2_code, freed> compile_pcre2(const translated_pattern& from,
                                                 std::string_view source, bool utf8) {
    std::uint32_t options = PCRE2_AUTO_CALLOUT | PCRE2_NEVER_BACKSLASH_C;
    if (utf8) options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    if (from.ignore_case) options |= PCRE2_CASELESS;
    if (from.multi_line) options |= PCRE2_MULTILINE;
    if (from.dot_all) options |= PCRE2_DOTALL;
    if (from.verbose) options |= PCRE2_EXTENDED;
    int flaw = 0;
    std::size_t offset = 0;
    pcre2_code* compiled = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(from.text.data()),
                                         from.text.size(), options, &flaw, &offset, nullptr);
    if (compiled == nullptr) refuse(from, source, flaw, offset);
    return std::unique_ptr<pcre2_code, freed>(compiled);
}

struct deadline {
    std::chrono::steady_clock::time_point end;
    unsigned calls = 0;
};

int check_deadline(pcre2_callout_block*, void* data) {
    constexpr unsigned calls_between_looks = 16;
    auto& limit = *static_cast<deadline*>(data);
    if (++limit.calls % calls_between_looks != 0) return 0;
    return std::chrono::steady_clock::now() < limit.end ? 0 : PCRE2_ERROR_CALLOUT;
}

// Whether it is found; where, is in `data`, as far as that has room.
bool search_pcre2(const pcre2_code& code, std::string_view subject, pcre2_match_data* data) {
    const std::unique_ptr<pcre2_match_context, freed> context(pcre2_match_context_create(nullptr));
    if (data == nullptr || context == nullptr) return false;
    deadline limit{.end = std::chrono::steady_clock::now() + search_budget};
    pcre2_set_callout(context.get(), check_deadline, &limit);
    pcre2_set_heap_limit(context.get(), pcre2_heap_kib);
    // Not enough room for the groups (0) is a match too; every negative answer is none.
    return pcre2_match(&code, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), 0, 0,
                       data, context.get())
           >= 0;
}

using group_spans = std::vector<std::optional<match::span>>;
using group_names = std::vector<std::pair<std::string, std::size_t>>;

std::optional<group_spans> spans_re2(const re2::RE2& code, std::string_view subject) {
    const int count = code.NumberOfCapturingGroups() + 1;
    std::vector<re2::StringPiece> groups(static_cast<std::size_t>(count));
    const re2::StringPiece text(subject.data(), subject.size());
    if (!code.Match(text, 0, subject.size(), re2::RE2::UNANCHORED, groups.data(), count))
        return std::nullopt;
    group_spans spans;
    spans.reserve(groups.size());
    for (const re2::StringPiece& group : groups) {
        if (group.data() == nullptr)
            spans.emplace_back();
        else
            spans.emplace_back(
                match::span{static_cast<std::size_t>(group.data() - subject.data()), group.size()});
    }
    return spans;
}

std::optional<group_spans> spans_pcre2(const pcre2_code& code, std::string_view subject) {
    const std::unique_ptr<pcre2_match_data, freed> data(
        pcre2_match_data_create_from_pattern(&code, nullptr));
    if (!search_pcre2(code, subject, data.get())) return std::nullopt;
    const std::span<const std::size_t> ends(pcre2_get_ovector_pointer(data.get()),
                                            std::size_t{2} * pcre2_get_ovector_count(data.get()));
    group_spans spans;
    for (std::size_t i = 0; i + 1 < ends.size(); i += 2) {
        // \K in a look-ahead could end a match before its start.
        if (ends[i] == PCRE2_UNSET || ends[i + 1] < ends[i])
            spans.emplace_back();
        else
            spans.emplace_back(match::span{ends[i], ends[i + 1] - ends[i]});
    }
    return spans;
}

group_names names_re2(const re2::RE2& code) {
    group_names names;
    for (const auto& [name, number] : code.NamedCapturingGroups())
        names.emplace_back(name, static_cast<std::size_t>(number));
    return names;
}

// The table of names: for each, two bytes of the group's number, then the name, ended by zero.
group_names names_pcre2(const pcre2_code& code) {
    std::uint32_t count = 0;
    std::uint32_t size = 0;
    PCRE2_SPTR table = nullptr;
    pcre2_pattern_info(&code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(&code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(&code, PCRE2_INFO_NAMETABLE, static_cast<void*>(&table));
    group_names names;
    if (count == 0 || size < 3) return names;
    const std::span<const unsigned char> bytes(table, std::size_t{count} * size);
    for (std::size_t at = 0; at < bytes.size(); at += size) {
        const std::size_t number = bytes[at] * std::size_t{256} + bytes[at + 1];
        const auto name = bytes.subspan(at + 2, size - 2);
        names.emplace_back(std::string(name.begin(), std::ranges::find(name, 0)), number);
    }
    return names;
}

}  // namespace

struct pattern::engine {
    std::string text;
    std::unique_ptr<const re2::RE2> linear;
    std::unique_ptr<pcre2_code, freed> backtracking;  // null if `linear` is there
    group_names names;
};

pattern::pattern(std::string_view text, groups wanted) {
    if (text.size() > longest_pattern)
        throw config_error("the pattern is longer than 4096 bytes; shorten it");
    const translated_pattern translated = translate_pattern(text);
    const bool utf8 = count_characters(text).has_value();
    auto made = std::make_unique<engine>();
    made->text = text;
    const bool capturing = wanted == groups::kept;
    made->linear = compile_re2(translated, utf8, capturing);
    if (made->linear == nullptr) made->backtracking = compile_pcre2(translated, text, utf8);
    if (capturing)
        made->names = made->linear ? names_re2(*made->linear) : names_pcre2(*made->backtracking);
    engine_ = std::move(made);
}

pattern::pattern(pattern&&) noexcept = default;
pattern& pattern::operator=(pattern&&) noexcept = default;
pattern::~pattern() = default;

bool pattern::found_in(std::string_view subject) const {
    subject = head_of(subject, longest_subject);
    if (engine_->linear != nullptr)
        return re2::RE2::PartialMatch(re2::StringPiece(subject.data(), subject.size()),
                                      *engine_->linear);
    const std::unique_ptr<pcre2_match_data, freed> data(pcre2_match_data_create(1, nullptr));
    return search_pcre2(*engine_->backtracking, subject, data.get());
}

std::optional<match> pattern::search(std::string_view subject) const {
    if (subject.data() == nullptr) subject = "";  // a group without memory took no part
    subject = head_of(subject, longest_subject);
    std::optional<group_spans> spans = engine_->linear != nullptr
                                           ? spans_re2(*engine_->linear, subject)
                                           : spans_pcre2(*engine_->backtracking, subject);
    if (!spans) return std::nullopt;
    return match(std::string(subject), std::move(*spans), engine_->names);
}

bool pattern::slow() const noexcept {
    return engine_->linear == nullptr || engine_->linear->ProgramSize() > largest_quick_program;
}

bool pattern::slow_in(std::size_t subject_bytes) const noexcept {
    // Groups are found by an automaton that visits each byte with each of its states.
    constexpr std::size_t quick_visits = 100'000;
    if (engine_->linear == nullptr) return true;
    const auto states = static_cast<std::size_t>(engine_->linear->ProgramSize());
    return states * std::min(subject_bytes, longest_subject) > quick_visits;
}

const std::string& pattern::text() const noexcept {
    return engine_->text;
}

}  // namespace hipchat::protocol
