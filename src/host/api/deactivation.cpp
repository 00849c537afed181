#include "host/api/deactivation.hpp"

#include <algorithm>

#include "host/api/refusal.hpp"

namespace hipchat::host {
namespace {

task<> drop_tokens(services& on, std::int64_t person_id) {
    const std::vector<listed_token> own = on.made.of_person(person_id);
    for (const listed_token& each : own) {
        task<> revoking = on.made.revoke(std::string(each.id));
        co_await revoking;
    }
}

}  // namespace

bool is_last_owner(const services& on, const person& who) {
    if (who.standing != role::owner) return false;
    return std::ranges::none_of(on.persons.all(), [&](const auto& each) {
        const person& other = each.second;
        return other.id != who.id && other.standing == role::owner && !other.is_deleted
               && on.signing_in.has(other.id);
    });
}

task<> deactivate(services& on, person gone) {
    if (is_last_owner(on, gone))
        throw refusal(403, "The group would have no owner; make somebody else one first");
    const std::int64_t id = gone.id;
    gone.is_deleted = true;
    task<bool> changing = on.persons.change(std::move(gone));
    co_await changing;
    task<> dropping = on.signing_in.drop(id);
    co_await dropping;
    task<> ending = on.open.end_all(id);
    co_await ending;
    task<> cancelling = on.invited.cancel(id);
    co_await cancelling;
    task<> revoking = drop_tokens(on, id);
    co_await revoking;
}

}  // namespace hipchat::host
