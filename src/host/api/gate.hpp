#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "host/api/request.hpp"
#include "host/connect/self_address.hpp"
#include "host/core/accounts.hpp"
#include "host/core/clients.hpp"
#include "host/core/people.hpp"
#include "host/core/personal_tokens.hpp"
#include "host/core/sessions.hpp"
#include "host/core/tokens.hpp"

// Who is calling. Each check yields a proof, or throws the refusal; only the gate can make a proof,
// so a handler that has one in its hands knows that the check was made.

namespace hipchat::host {

class gate;

/// A client that gave its id and secret.
class known_client {
public:
    const client_ptr& who() const noexcept { return who_; }

private:
    friend gate;
    explicit known_client(client_ptr who) : who_(std::move(who)) {}
    client_ptr who_;
};

/// An add-on that showed an access token with a scope that the route asks for.
class addon_access {
public:
    const client_ptr& who() const noexcept { return token_.who; }
    const std::vector<scope>& scopes() const noexcept { return token_.scopes; }

private:
    friend gate;
    explicit addon_access(client_token token) : token_(std::move(token)) {}
    client_token token_;
};

/// An access token of any kind with such a scope: an add-on's, a person's, or a room's.
class access {
public:
    /// The add-on whose token it is; null for any other.
    const client_ptr& client() const noexcept { return client_; }
    /// The person whose token it is; null for any other.
    const person* user() const noexcept { return who_ ? &*who_ : nullptr; }
    /// The sender's name of a room's token; empty for any other.
    const std::string& room_label() const noexcept { return room_label_; }

    bool has(scope wanted) const noexcept;
    /// False if it is of one room, a client's or a room's own, and that is another one
    /// (host-side.md 2).
    bool may_touch(std::int64_t room_id) const noexcept;
    /// Who it is, for counting its calls.
    std::string key() const;

private:
    friend gate;
    access() = default;
    client_ptr client_;
    std::optional<person> who_;
    std::optional<std::int64_t> room_id_;
    std::string room_label_;
    std::vector<scope> scopes_;
};

/// A person's token with such a scope: the caller acts as the person.
class user_access {
public:
    const person& who() const noexcept { return *any_.user(); }
    /// The same as what it is among tokens of any kind; its user() is there.
    const access& any() const noexcept { return any_; }

private:
    friend gate;
    explicit user_access(access any) : any_(std::move(any)) {}
    access any_;
};

/// A request that no page of another site can have sent (docs/host-web.md, "Who may call"); nobody
/// needs to be signed in.
class visitor {
    friend gate;
    visitor() = default;
};

/// Somebody at the host's own pages or shell commands who may do what the route asks for.
class person_here {
public:
    /// Who is signed in; null when nobody needs to be, in single-user mode and for shell commands:
    /// then the request itself says as whom it acts, and may do anything.
    const person* who() const noexcept { return who_ ? &*who_ : nullptr; }
    /// Of the session; empty without one.
    const std::string& session_id() const noexcept { return session_id_; }

private:
    friend gate;
    person_here() = default;
    std::optional<person> who_;
    std::string session_id_;
};

class gate {
public:
    /// All of it must outlive this.
    struct keys {
        const clients& installed;
        const tokens& issued;
        const personal_tokens& made;
        const people& persons;
        const self_address& self;
        const accounts& signing_in;
        const sessions& open;
        const secret& shell_token;
        bool is_single_user;  ///< as long as there are no accounts
    };
    explicit gate(keys of) : of_(of) {}

    /// Authorization: Basic; else 401.
    known_client check_client(const request& asked) const;
    /// Authorization: Bearer, or ?auth_token=; without a token that is valid 401, without any of
    /// `scopes` 403. No scopes: any token.
    access check_bearer(const request& asked, const std::vector<scope>& scopes) const;
    /// The holder of a token that is shown; empty if there is none that is valid.
    std::optional<access> find_token(const request& asked) const;
    /// Any token; else 401.
    access check_token(const request& asked) const;
    /// 403 without any of `scopes`, unless there are none.
    static void check_scopes(const access& who, const std::vector<scope>& scopes);
    /// As check_bearer; with a token of another kind 403.
    addon_access check_addon(const request& asked, const std::vector<scope>& scopes) const;
    user_access check_user(const request& asked, const std::vector<scope>& scopes) const;
    /// Host, Origin, Sec-Fetch-Site 403; a body that is not JSON 415.
    visitor check_visitor(const request& asked) const;
    /// The same; then 401 unless somebody is signed in, who has that role or a higher one (403), or
    /// the shell's token is shown, or the host is in single-user mode.
    person_here check_person(const request& asked, role least) const;
    /// For pages, to which any site may link: only who asks.
    person_here check_page(const request& asked, role least) const;

private:
    std::optional<access> holder_of(const secret& token) const;
    void check_site(const request& asked) const;

    keys of_;
};

}  // namespace hipchat::host
