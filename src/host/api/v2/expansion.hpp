#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/api/router.hpp"

// Title expansion (host-side.md 3.3): ?expand=items.owner,participants

namespace hipchat::host {

/// What of a document is to be replaced by its full form, as a tree of member names.
struct expansion {
    std::map<std::string, expansion, std::less<>> inner = {};
};

/// Reads "a,b.c". Deeper than four names, or more than twenty of them, are left out.
expansion read_expansion(std::string_view text);

/// The documents that GET routes of the REST API answer with. Each is a route, and what a link to
/// it stands for in another document. Loop thread only.
class documents {
public:
    /// Makes a document; throws refusal.
    using reader = std::function<task<json::object>(const request&, const access&)>;

    /// @param base_url of the host, without a slash at the end
    documents(router& to, std::string base_url) : router_(to), base_url_(std::move(base_url)) {}
    documents(const documents&) = delete;
    documents& operator=(const documents&) = delete;

    /// Registers "GET path" for tokens with one of these scopes, answering 200, expanded as asked.
    void add(std::string path, std::vector<scope> scopes, reader make);
    /// The same for tokens of people only: the reader is called with no others.
    void add_for_users(std::string path, std::vector<scope> scopes, reader make);

private:
    struct kind {
        path_pattern path;
        std::vector<scope> scopes;
        reader make;
        bool is_for_users;
    };
    const kind* keep(const std::string& path, const std::vector<scope>& scopes, reader make,
                     bool is_for_users);
    // What one request may still expand, and who makes it.
    struct budget {
        const access& who;
        std::size_t left;
    };

    task<http_response> answer(const kind& what, const request& asked, const access& who) const;
    task<> expand(json::object& document, const expansion& wanted, budget& with) const;
    task<> expand_value(json::value& value, const expansion& wanted, budget& with) const;
    // The full form of an object that has links.self; leaves it alone if it cannot be had.
    task<> replace(json::object& item, budget& with) const;

    router& router_;
    std::string base_url_;
    std::vector<std::unique_ptr<const kind>> kinds_;
};

}  // namespace hipchat::host
