#pragma once

#include <vector>

#include "host/api/request.hpp"
#include "host/connect/self_address.hpp"
#include "host/core/clients.hpp"
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

/// A client that showed an access token with a scope that the route asks for.
class access {
public:
    const client_ptr& who() const noexcept { return holder_.who; }
    const token_holder& holder() const noexcept { return holder_; }
    /// A client of one room touches no other (host-side.md 2).
    bool may_touch(std::int64_t room_id) const noexcept { return who()->reaches(room_id); }

private:
    friend gate;
    explicit access(token_holder holder) : holder_(std::move(holder)) {}
    token_holder holder_;
};

/// A request that no page of another site can have sent (docs/host-web.md, "Who may call").
class person_here {
    friend gate;
    person_here() = default;
};

class gate {
public:
    gate(const clients& known, const tokens& issued, const self_address& self)
        : clients_(known), tokens_(issued), self_(self) {}

    /// Authorization: Basic; else 401.
    known_client check_client(const request& asked) const;
    /// Authorization: Bearer, or ?auth_token=; without a token that is valid 401, without any of
    /// `scopes` 403. No scopes: any token.
    access check_bearer(const request& asked, const std::vector<scope>& scopes) const;
    /// Host, Origin, Sec-Fetch-Site 403; a body that is not JSON 415.
    person_here check_person(const request& asked) const;

private:
    const clients& clients_;
    const tokens& tokens_;
    const self_address& self_;
};

}  // namespace hipchat::host
