#include <chrono>
#include <memory>
#include <string>

#include "hipchat/errors.hpp"
#include "property.hpp"
#include "protocol/pattern.hpp"
#include "protocol/pattern_dialect.hpp"
#include "targets.hpp"

namespace hipchat::fuzz {
namespace {

// The budget is 10 ms; sanitizers and a busy machine may need a hundred times that.
constexpr std::chrono::seconds longest_search{1};

std::unique_ptr<protocol::pattern> compiled(std::string_view text) {
    try {
        return std::make_unique<protocol::pattern>(text);
    } catch (const config_error& flaw) {
        require(flaw.what()[0] != '\0', "a refusal says why");
        return nullptr;
    }
}

void check_translation(std::string_view source) {
    const protocol::translated_pattern made = protocol::translate_pattern(source);
    require(made.origin.size() == made.text.size(), "each byte has a place");
    for (const std::size_t place : made.origin)
        require(place <= source.size(), "a place is in the source");
}

}  // namespace

void patterns(std::string_view input) {
    const auto [source, subject] = split(input, '\n');
    if (source.size() <= 4096) check_translation(source);
    const auto made = compiled(source);
    if (!made) return;
    require(source.size() <= 4096, "a pattern is limited");
    require(made->text() == source, "a pattern keeps its text");
    const auto begin = std::chrono::steady_clock::now();
    const bool found = made->found_in(subject);
    require(std::chrono::steady_clock::now() - begin < longest_search, "a search ends in time");
    if (!made->slow()) require(made->found_in(subject) == found, "a fast search has one outcome");
}

}  // namespace hipchat::fuzz
