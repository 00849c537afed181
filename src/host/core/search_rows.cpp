#include "host/core/search_rows.hpp"

namespace hipchat::host {
namespace {

// Markup is no word that anybody said.
std::string without_tags(std::string_view markup) {
    std::string text;
    bool inside = false;
    for (const char each : markup) {
        if (each == '<') inside = true;
        text += inside ? ' ' : each;
        if (each == '>') inside = false;
    }
    return text;
}

std::string text_in(const json::object& of, const char* name) {
    const json::value* const found = of.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : "";
}

std::string inner_text(const json::object& of, const char* outer, const char* name) {
    const json::value* const found = of.if_contains(outer);
    return found != nullptr && found->is_object() ? text_in(found->get_object(), name) : "";
}

std::string words_of(const json::object& content) {
    std::string text = text_in(content, "text");
    if (text_in(content, "format") == "html") text = without_tags(text);
    for (const std::string& more : {inner_text(content, "file", "name"),
                                    inner_text(content, "card", "title"), text_in(content, "link")})
        if (!more.empty()) text.append(" ").append(more);
    return text;
}

// `column : "word" "word"*` of the language of FTS5; what was typed is only ever inside quotes.
std::string phrase(std::string_view column, std::string_view typed) {
    std::string query;
    std::string word;
    const auto end_word = [&] {
        if (word.empty()) return;
        query.append(" \"").append(word).append("\"");
        word.clear();
    };
    for (const char each : typed) {
        if (each == ' ' || each == '\t' || each == '\n' || each == '"' || each == '\0')
            end_word();
        else
            word += each;
    }
    end_word();
    if (query.empty()) return {};
    return std::string(column) + " : (" + query + " *)";
}

std::string match_of(const search_query& wanted) {
    std::string match = phrase("words", wanted.words);
    const std::string from = phrase("sender", wanted.from);
    if (match.empty() || from.empty()) return match + from;
    return match + " AND " + from;
}

json::array ids(const std::vector<std::int64_t>& rooms) {
    json::array list;
    for (const std::int64_t each : rooms)
        list.emplace_back(each);
    return list;
}

}  // namespace

void index_message(connection& on, std::int64_t seq, const json::object& content) {
    on.run("DELETE FROM search WHERE rowid = ?", seq);
    const json::value& kind = content.at("kind");
    if ((kind != "message" && kind != "notification") || content.contains("deleted")) return;
    const std::string sender =
        kind == "message" ? inner_text(content, "person", "name") : text_in(content, "from");
    on.run("INSERT INTO search(rowid, words, sender) VALUES (?, ?, ?)", seq, words_of(content),
           sender);
}

std::vector<change_ptr> search(connection& on, const search_query& wanted) {
    const std::string match = match_of(wanted);
    if (match.empty()) return {};
    return read_changes(
        on.query("SELECT changes.seq, room_id, actor, content FROM search "
                 "JOIN changes ON changes.seq = search.rowid "
                 "WHERE search MATCH ? AND search.rowid < ? "
                 "AND room_id IN (SELECT value FROM json_each(?)) "
                 "ORDER BY search.rowid DESC LIMIT ?",
                 match, wanted.before == 0 ? INT64_MAX : wanted.before,
                 json::serialize(ids(wanted.rooms)), wanted.most));
}

}  // namespace hipchat::host
