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

// Nobody waits for an answer that comes with the second attempt.
void refuse_durable_answers(const detail::hook& hook, const std::string& which_is) {
    if (!hook.durable) return;
    const auto refuse = [](const std::string& which) {
        throw config_error(which
                           + " is durable and answers; let it return void or task<>, and post with "
                             "event.room().send_notification(…)");
    };
    if (hook.handler.answers)
        refuse(hook.as ? "command: the handler of " + hook.as->about.name
                       : "the handler " + which_is);
    if (!hook.as) return;
    for (const detail::sub_command& sub : hook.as->subs)
        if (sub.handler.answers)
            refuse("command: the sub-command '" + sub.about.name + "' of " + hook.as->about.name);
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
    for (const detail::dynamic_hook& one : declared.dynamic_hooks)
        refuse_durable_answers(one.served, "of the dynamic webhook '" + one.name + '\'');
    std::vector<std::shared_ptr<const served_hook>> served;
    for (const detail::hook& hook : declared.hooks) {
        const std::string& path = paths[served.size()];
        refuse_durable_answers(hook, "of the webhook at " + path);
        served.push_back(std::make_shared<const served_hook>(
            served_hook{hook, path, compiled_pattern(hook.pattern)}));
    }
    return served;
}

}  // namespace hipchat::addons
