#define PCRE2_CODE_UNIT_WIDTH 8

#include "protocol/pattern.hpp"

#include <pcre2.h>
#include <re2/re2.h>

#include <array>
#include <chrono>
#include <utility>

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

std::unique_ptr<const re2::RE2> compile_re2(const translated_pattern& from, bool utf8) {
    if (from.verbose) return nullptr;
    re2::RE2::Options options;
    options.set_encoding(utf8 ? re2::RE2::Options::EncodingUTF8
                              : re2::RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    options.set_max_mem(re2_memory);
    options.set_case_sensitive(!from.ignore_case);
    options.set_dot_nl(from.dot_all);
    options.set_never_capture(true);
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

bool search_pcre2(const pcre2_code& code, std::string_view subject) {
    const std::unique_ptr<pcre2_match_data, freed> data(pcre2_match_data_create(1, nullptr));
    const std::unique_ptr<pcre2_match_context, freed> context(pcre2_match_context_create(nullptr));
    if (data == nullptr || context == nullptr) return false;
    deadline limit{.end = std::chrono::steady_clock::now() + search_budget};
    pcre2_set_callout(context.get(), check_deadline, &limit);
    pcre2_set_heap_limit(context.get(), pcre2_heap_kib);
    // Not enough room for the groups (0) is a match too; every negative answer is none.
    return pcre2_match(&code, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), 0, 0,
                       data.get(), context.get())
           >= 0;
}

}  // namespace

struct pattern::engine {
    std::string text;
    std::unique_ptr<const re2::RE2> linear;
    std::unique_ptr<pcre2_code, freed> backtracking;  // null if `linear` is there
};

pattern::pattern(std::string_view text) {
    if (text.size() > longest_pattern)
        throw config_error("the pattern is longer than 4096 bytes; shorten it");
    const translated_pattern translated = translate_pattern(text);
    const bool utf8 = count_characters(text).has_value();
    auto made = std::make_unique<engine>();
    made->text = text;
    made->linear = compile_re2(translated, utf8);
    if (made->linear == nullptr) made->backtracking = compile_pcre2(translated, text, utf8);
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
    return search_pcre2(*engine_->backtracking, subject);
}

bool pattern::slow() const noexcept {
    return engine_->linear == nullptr || engine_->linear->ProgramSize() > largest_quick_program;
}

const std::string& pattern::text() const noexcept {
    return engine_->text;
}

}  // namespace hipchat::protocol
