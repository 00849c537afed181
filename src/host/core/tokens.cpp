#include "host/core/tokens.hpp"

#include <algorithm>
#include <utility>

#include "base/random.hpp"
#include "protocol/base64url.hpp"
#include "protocol/scopes.hpp"
#include "protocol/sha256.hpp"

namespace hipchat::host {
namespace {

constexpr std::size_t token_length = 40;

}  // namespace

std::string hash_of(const secret& token) {
    const protocol::sha256_digest digest = protocol::sha256(token.reveal());
    return protocol::base64url_encode(std::string(digest.begin(), digest.end()));
}

std::optional<std::vector<scope>> granted_scopes(const client& to,
                                                 const std::optional<std::vector<scope>>& wanted) {
    if (!wanted) return to.descriptor.scopes;
    const bool may_all = std::ranges::all_of(*wanted, [&](scope each) { return to.may(each); });
    if (!may_all || wanted->empty()) return std::nullopt;
    return wanted;
}

std::vector<scope> split_scopes(std::string_view text) {
    std::vector<scope> scopes;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (const auto each = scope_named(text.substr(0, end))) scopes.push_back(*each);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return scopes;
}

tokens::tokens(database& store, const clock& time, const clients& known, connection& on)
    : store_(store), time_(time), clients_(known) {
    on.run("DELETE FROM tokens WHERE expires <= ?", time.unix_time().count());
    statement rows = on.query("SELECT hash, oauth_id, scopes, expires FROM tokens");
    while (rows.step()) {
        kept each{rows.text(1), split_scopes(rows.text(2)), std::chrono::seconds(rows.integer(3))};
        by_hash_.emplace(rows.text(0), std::move(each));
    }
}

task<std::optional<secret>> tokens::issue(client_ptr to, std::vector<scope> scopes) {
    secret token(random_alphanumeric(token_length));
    const std::string hash = hash_of(token);
    const auto now = time_.unix_time();
    const auto expires = now + lifetime;
    const auto write = [hash, id = to->oauth_id, names = protocol::join_scopes(scopes), expires,
                        now](connection& on) {
        on.run("DELETE FROM tokens WHERE expires <= ?", now.count());
        return on.run(
                   "INSERT INTO tokens(hash, oauth_id, scopes, expires) SELECT ?, oauth_id, ?, ? "
                   "FROM clients WHERE oauth_id = ? AND state <> 'revoked'",
                   hash, names, expires.count(), id)
               == 1;
    };
    task<bool> writing = store_.write(write);
    const bool stored = co_await writing;
    if (!stored) co_return std::nullopt;
    by_hash_.emplace(hash, kept{to->oauth_id, std::move(scopes), expires});
    drop_expired();
    co_return token;
}

std::optional<client_token> tokens::find(const secret& token) const {
    const auto found = by_hash_.find(hash_of(token));
    if (found == by_hash_.end() || found->second.expires <= time_.unix_time()) return std::nullopt;
    const client_ptr who = clients_.find(found->second.oauth_id);
    if (!who) return std::nullopt;
    return client_token{who, found->second.scopes, found->second.expires};
}

task<> tokens::revoke(secret token) {
    const std::string hash = hash_of(token);
    const auto write = [hash](connection& on) {
        on.run("DELETE FROM tokens WHERE hash = ?", hash);
    };
    task<> writing = store_.write(write);
    co_await writing;
    by_hash_.erase(hash);
}

// Keeps the table in proportion to the tokens in use, at a cost spread over their issue.
void tokens::drop_expired() {
    if (by_hash_.size() < drop_at_) return;
    const auto now = time_.unix_time();
    std::erase_if(by_hash_, [&](const auto& each) {
        return each.second.expires <= now || !clients_.find(each.second.oauth_id);
    });
    drop_at_ = std::max<std::size_t>(1024, 2 * by_hash_.size());
}

}  // namespace hipchat::host
