#include "protocol/html.hpp"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <initializer_list>
#include <memory_resource>
#include <optional>

#include "protocol/utf8.hpp"

namespace hipchat::protocol {
namespace {

// A notification has at most 10000 characters; what goes beyond these limits is no message, and is
// shown as text instead.
constexpr std::size_t longest_markup = 40'000;
constexpr std::size_t longest_result = std::size_t{256} * 1024;
constexpr std::ptrdiff_t most_tags = 4000;
constexpr std::size_t parser_memory = std::size_t{8} * 1024 * 1024;
constexpr int deepest = 100;  // elements below are dropped

struct allowed_element {
    GumboTag tag;
    std::string_view name;
    std::array<std::string_view, 6> attributes;
};

constexpr std::array<allowed_element, 19> allowed_elements = {{
    {GUMBO_TAG_A, "a", {"href", "rel", "data-target", "data-target-options"}},
    {GUMBO_TAG_B, "b", {}},
    {GUMBO_TAG_I, "i", {}},
    {GUMBO_TAG_STRONG, "strong", {}},
    {GUMBO_TAG_EM, "em", {}},
    {GUMBO_TAG_BR, "br", {}},
    {GUMBO_TAG_IMG, "img", {"src", "alt", "width", "height", "align", "style"}},
    {GUMBO_TAG_PRE, "pre", {}},
    {GUMBO_TAG_CODE, "code", {}},
    {GUMBO_TAG_UL, "ul", {}},
    {GUMBO_TAG_OL, "ol", {}},
    {GUMBO_TAG_LI, "li", {}},
    {GUMBO_TAG_TABLE, "table", {}},
    {GUMBO_TAG_THEAD, "thead", {}},
    {GUMBO_TAG_TBODY, "tbody", {}},
    {GUMBO_TAG_TR, "tr", {"valign"}},
    {GUMBO_TAG_TH, "th", {"colspan", "rowspan", "valign"}},
    {GUMBO_TAG_TD, "td", {"colspan", "rowspan", "valign"}},
    {GUMBO_TAG_SPAN, "span", {"style"}},
}};

// Elements whose text is not meant to be read.
constexpr std::array<GumboTag, 17> silent_elements = {
    GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,   GUMBO_TAG_TITLE,     GUMBO_TAG_TEXTAREA,
    GUMBO_TAG_IFRAME,   GUMBO_TAG_NOEMBED, GUMBO_TAG_NOFRAMES,  GUMBO_TAG_NOSCRIPT,
    GUMBO_TAG_TEMPLATE, GUMBO_TAG_XMP,     GUMBO_TAG_PLAINTEXT, GUMBO_TAG_OBJECT,
    GUMBO_TAG_EMBED,    GUMBO_TAG_APPLET,  GUMBO_TAG_AUDIO,     GUMBO_TAG_VIDEO,
    GUMBO_TAG_CANVAS};

constexpr std::array<std::string_view, 5> style_properties = {"font-weight", "color",
                                                              "text-decoration", "height", "width"};

const allowed_element* find_allowed(GumboTag tag) {
    const auto* found = std::ranges::find_if(
        allowed_elements, [tag](const allowed_element& element) { return element.tag == tag; });
    return found == allowed_elements.end() ? nullptr : found;
}

bool only(std::string_view text, std::string_view others) {
    return std::ranges::all_of(text, [others](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || others.find(c) != std::string_view::npos;
    });
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= 0x20U)
        text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= 0x20U)
        text.remove_suffix(1);
    return text;
}

// The URL as a browser reads it, which skips line breaks and tabs, if its scheme is one of these.
std::optional<std::string> safe_url(std::string_view given,
                                    std::initializer_list<std::string_view> starts) {
    std::string url;
    for (const char c : trimmed(given))
        if (static_cast<unsigned char>(c) >= 0x20U && c != 0x7F) url += c;
    const std::string folded = lower(url);
    for (const std::string_view start : starts)
        if (folded.starts_with(start)) return url;
    return std::nullopt;
}

bool is_safe_style_value(std::string_view value) {
    if (value.empty() || !only(value, "#%., ()-")) return false;
    if (value.find('(') == std::string_view::npos) return true;
    const std::string folded = lower(value);
    return folded.starts_with("rgb(") || folded.starts_with("rgba(") || folded.starts_with("hsl(");
}

std::optional<std::string> safe_style(std::string_view style) {
    std::string kept;
    while (!style.empty()) {
        const std::string_view declaration = style.substr(0, style.find(';'));
        style.remove_prefix(std::min(style.size(), declaration.size() + 1));
        const std::size_t colon = declaration.find(':');
        if (colon == std::string_view::npos) continue;
        const std::string name = lower(trimmed(declaration.substr(0, colon)));
        const std::string_view value = trimmed(declaration.substr(colon + 1));
        if (std::ranges::find(style_properties, name) == style_properties.end()
            || !is_safe_style_value(value))
            continue;
        if (!kept.empty()) kept += "; ";
        kept += name;
        kept += ": ";
        kept += value;
    }
    if (kept.empty()) return std::nullopt;
    return kept;
}

// What may be written as the value of an allowed attribute; empty if nothing may.
std::optional<std::string> safe_value(std::string_view attribute, std::string_view value) {
    if (attribute == "href") return safe_url(value, {"http://", "https://", "mailto:"});
    if (attribute == "src") return safe_url(value, {"http://", "https://"});
    if (attribute == "style") return safe_style(value);
    const bool free_text = attribute == "alt" || attribute.starts_with("data-target");
    if (free_text || only(value, "%. -")) return std::string(value);
    return std::nullopt;
}

void append_escaped(std::string& to, std::string_view text) {
    for (const char c : text) {
        switch (c) {
            case '&':
                to += "&amp;";
                break;
            case '<':
                to += "&lt;";
                break;
            case '>':
                to += "&gt;";
                break;
            case '"':
                to += "&quot;";
                break;
            case '\'':
                to += "&#39;";
                break;
            default:
                to += c;
        }
    }
}

class writer {
public:
    void write_children(const GumboVector& children, int depth) {
        for (unsigned i = 0; i < children.length; ++i)
            write_node(*static_cast<const GumboNode*>(children.data[i]), depth);
    }
    std::string take() { return std::move(result_); }
    bool too_long() const noexcept { return result_.size() > longest_result; }

private:
    void write_node(const GumboNode& node, int depth) {
        if (too_long()) return;
        if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE)
            append_escaped(result_, node.v.text.text);
        else if (node.type == GUMBO_NODE_ELEMENT && depth < deepest)
            write_element(node.v.element, depth);
    }

    void write_element(const GumboElement& element, int depth) {
        const bool silent =
            std::ranges::find(silent_elements, element.tag) != silent_elements.end();
        if (silent || element.tag_namespace != GUMBO_NAMESPACE_HTML) return;
        const allowed_element* allowed = find_allowed(element.tag);
        if (allowed == nullptr) {
            write_children(element.children, depth + 1);
            return;
        }
        if (element.tag == GUMBO_TAG_IMG && !has_safe_source(element)) return;
        result_ += '<';
        result_ += allowed->name;
        for (const std::string_view attribute : allowed->attributes)
            if (!attribute.empty()) write_attribute(element, attribute);
        result_ += '>';
        if (element.tag == GUMBO_TAG_BR || element.tag == GUMBO_TAG_IMG) return;
        write_children(element.children, depth + 1);
        result_ += "</";
        result_ += allowed->name;
        result_ += '>';
    }

    static const GumboAttribute* find(const GumboElement& element, std::string_view name) {
        return gumbo_get_attribute(&element.attributes, std::string(name).c_str());
    }

    static bool has_safe_source(const GumboElement& image) {
        const GumboAttribute* source = find(image, "src");
        return source != nullptr && safe_value("src", source->value).has_value();
    }

    void write_attribute(const GumboElement& element, std::string_view name) {
        const GumboAttribute* attribute = find(element, name);
        if (attribute == nullptr) return;
        const std::optional<std::string> value = safe_value(name, attribute->value);
        if (!value) return;
        result_ += ' ';
        result_ += name;
        result_ += "=\"";
        append_escaped(result_, *value);
        result_ += '"';
    }

    std::string result_;
};

// Memory of one parse, freed all at once: gumbo's own release recurses as deep as the markup nests,
// and its tree can grow with the square of the markup.
struct parser_arena {
    std::pmr::monotonic_buffer_resource memory;
    std::size_t left = parser_memory;
    std::jmp_buf exhausted = {};
};

void* allocate(void* user, std::size_t size) {
    auto& arena = *static_cast<parser_arena*>(user);
    // Gumbo cannot be told that there is no memory. Only its C frames lie in between.
    if (size > arena.left) std::longjmp(arena.exhausted, 1);  // NOLINT(cert-err52-cpp)
    arena.left -= size;
    return arena.memory.allocate(size);
}

void deallocate(void*, void*) {
}

// Null if the markup needs more memory than the arena has. Nothing in here may need a destructor.
const GumboOutput* parse(std::string_view markup, parser_arena& arena) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = allocate;
    options.deallocator = deallocate;
    options.userdata = &arena;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_DIV;
    if (setjmp(arena.exhausted) != 0) return nullptr;  // NOLINT(cert-err52-cpp)
    return gumbo_parse_with_options(&options, markup.data(), markup.size());
}

}  // namespace

std::string sanitize_html(std::string_view markup) {
    const std::string_view head = head_of(markup, longest_markup);
    if (head.empty()) return {};
    if (std::count(head.begin(), head.end(), '<') > most_tags) return escape_html(head);
    parser_arena arena;
    const GumboOutput* parsed = parse(head, arena);
    if (parsed == nullptr || parsed->root == nullptr) return escape_html(head);
    writer output;
    output.write_children(parsed->root->v.element.children, 0);
    return output.too_long() ? escape_html(head) : output.take();
}

std::string escape_html(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size() + text.size() / 8);
    append_escaped(escaped, text);
    return escaped;
}

}  // namespace hipchat::protocol
