// What a caller does as a browser with pages of the add-on open.

#include <regex>

#include "protocol/url.hpp"
#include "traffic/caller.hpp"
#include "traffic/expressions.hpp"

namespace hipchat::traffic {
namespace {

using hipchat::testing::plain_request;

constexpr std::size_t most_open_pages = 10;

std::vector<std::string> found_in(const std::string& page, const std::regex& what) {
    std::vector<std::string> found;
    for (std::sregex_iterator at(page.begin(), page.end(), what), end; at != end; ++at)
        found.push_back(path_of((*at)[1].str()));
    return found;
}

std::string token_in(const std::string& page) {
    std::smatch found;
    return std::regex_search(page, found, known_expressions().token) ? found[1].str()
                                                                     : std::string();
}

std::string with_token(const std::string& path, const std::string& token) {
    const std::string separator = path.find('?') == std::string::npos ? "?" : "&";
    return path + separator + "signed_request=" + token + "&theme=dark";
}

}  // namespace

void caller::ask_glance() {
    const auto& glances = to_.described().glances;
    if (glances.empty()) return;
    const std::string path = path_of(dice_.one_of(glances).query_url);
    const plain_request request{.target = with_token(path, token(any_installation())),
                                .headers = {{"Origin", host_.base()}}};
    ask("glance", request, {200});
}

void caller::ask_glance_unproved() {
    const auto& glances = to_.described().glances;
    if (glances.empty()) return;
    const std::string path = path_of(dice_.one_of(glances).query_url);
    ask("glance unproved", {.target = with_token(path, wrong_token(any_installation()))}, {401});
}

std::vector<std::string> caller::pages() const {
    const descriptor& about = to_.described();
    std::vector<std::string> found;
    for (const web_panel_module& one : about.web_panels)
        found.push_back(path_of(one.url));
    for (const dialog_module& one : about.dialogs)
        found.push_back(path_of(one.url));
    for (const external_page_module& one : about.external_pages)
        found.push_back(path_of(one.url));
    if (about.configurable) found.push_back(path_of(about.configurable->url));
    return found;
}

void caller::open() {
    const expressions& in = known_expressions();
    const std::vector<std::string> known = pages();
    if (known.empty()) return;
    open_page made;
    made.of = any_installation();
    const std::string path = dice_.one_of(known);
    const auto shown = ask("page", {.target = with_token(path, token(made.of))}, {200});
    if (!shown || shown->status != 200) return;
    made.token = token_in(shown->body);
    for (const std::string& found : found_in(shown->body, in.question))
        made.calls.push_back({"GET", found});
    for (const std::string& found : found_in(shown->body, in.sending))
        made.calls.push_back({"POST", found});
    made.fields = found_in(shown->body, in.field);
    if (made.token.empty() || made.calls.empty()) return;
    open_.push_back(std::move(made));
    if (open_.size() > most_open_pages) open_.pop_front();
}

void caller::open_unproved() {
    const std::vector<std::string> known = pages();
    if (known.empty()) return;
    const std::string token = wrong_token(any_installation());
    ask("page unproved", {.target = with_token(dice_.one_of(known), token)}, {401});
}

void caller::call_from_page() {
    if (open_.empty()) return open();
    open_page& from = open_[dice_.below(open_.size())];
    const page_call call = dice_.one_of(from.calls);
    plain_request request{.method = dice_.once_in(8) ? "POST" : call.method,
                          .target = call.path,
                          .headers = {{"Authorization", "JWT " + from.token}}};
    for (const std::string& field : from.fields) {
        const std::string value = dice_.once_in(4)   ? dice_.text(600)
                                  : dice_.once_in(2) ? std::to_string(dice_.below(26))
                                                     : dice_.text(40);
        if (!request.body.empty()) request.body += '&';
        request.body += field + "=" + protocol::percent_encode(value);
    }
    if (request.method == "GET") request.body.clear();
    if (dice_.once_in(8)) request.body = dice_.damaged(request.body);
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    // 500: the handler asked the host, which refused or made no sense; example_program looks why.
    const auto said = ask("call from a page", request, {200, 204, 303, 400, 401, 405, 500});
    // Each use yields the next token.
    if (said && !said->header("x-acpt").empty()) from.token = said->header("x-acpt");
}

void caller::call_from_page_unproved() {
    if (open_.empty()) return open();
    const open_page& from = open_[dice_.below(open_.size())];
    const page_call call = dice_.one_of(from.calls);
    plain_request request{.method = call.method, .target = call.path};
    std::string token = dice_.once_in(2) ? wrong_token(from.of) : from.token;
    if (token == from.token) token[token.size() / 2] = token[token.size() / 2] == 'A' ? 'B' : 'A';
    if (!token.empty()) request.headers.emplace_back("Authorization", "JWT " + token);
    ask("call from a page unproved", request, {401});
}

}  // namespace hipchat::traffic
