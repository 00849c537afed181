#include "addon/webhooks/served_hooks.hpp"

#include <set>

#include "hipchat/errors.hpp"

namespace hipchat::addons {
namespace {

void refuse_repeated_commands(const detail::declaration& declared) {
    std::set<std::string> seen;
    for (const detail::hook& hook : declared.hooks) {
        if (!hook.as) continue;
        for (const std::string& name : hook.as->names())
            if (!seen.insert(name).second)
                throw config_error("command: " + name
                                   + " is declared twice, as a name or an alias; rename one");
        if (!hook.handler.call && hook.as->subs.empty())
            throw config_error("command: " + hook.as->about.name
                               + " has neither a handler nor sub-commands; give it one");
    }
}

}  // namespace

std::shared_ptr<const protocol::pattern> compiled_pattern(const std::string& text) {
    if (text.empty()) return nullptr;
    try {
        return std::make_shared<const protocol::pattern>(text, protocol::pattern::groups::kept);
    } catch (const config_error& flaw) {
        throw config_error("the webhook pattern " + text + ": " + flaw.what());
    }
}

std::vector<std::shared_ptr<const served_hook>> served_hooks(
    const detail::declaration& declared, const std::vector<std::string>& paths) {
    refuse_repeated_commands(declared);
    std::vector<std::shared_ptr<const served_hook>> served;
    for (const detail::hook& hook : declared.hooks) {
        served.push_back(std::make_shared<const served_hook>(
            served_hook{hook, paths[served.size()], compiled_pattern(hook.pattern)}));
    }
    return served;
}

}  // namespace hipchat::addons
