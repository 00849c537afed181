#include "hipchat/rest/modules.hpp"

#include "addon/rest/call.hpp"
#include "addon/rest/client.hpp"
#include "hipchat/errors.hpp"
#include "hipchat/json.hpp"
#include "protocol/descriptor.hpp"

// A module goes over the wire as the object of the descriptor, so it is written and read, and its
// limits are checked, as part of a descriptor that has nothing else.

namespace hipchat::rest {
namespace {

constexpr const char* glance_kind = "glance";
constexpr const char* web_panel_kind = "webPanel";
constexpr const char* dialog_kind = "dialog";
constexpr const char* action_kind = "action";
constexpr const char* external_page_kind = "externalPage";

descriptor bare() {
    descriptor made;
    made.key = "modules";
    made.name = "modules";
    made.self = "https://example.com/descriptor";
    return made;
}

// A target may be any other module of the add-on, so one of that key stands in for it.
void add_target(descriptor& all, const std::string& key) {
    if (key.empty()) return;
    external_page_module stand_in;
    stand_in.key = key;
    stand_in.name = "target";
    stand_in.url = "https://example.com/target";
    all.external_pages.push_back(std::move(stand_in));
}

// The one module of `all`. Throws config_error naming the member that breaks a rule.
json::object written(const descriptor& all, const std::string& kind) {
    const std::string path = "capabilities." + kind + "[0]";
    for (const protocol::lint_finding& finding : protocol::lint(all))
        if (finding.level == protocol::lint_finding::severity::error
            && finding.member.starts_with(path))
            throw config_error(kind + finding.member.substr(path.size()) + ": " + finding.rule);
    return protocol::write_descriptor(all)
        .at("capabilities")
        .as_object()
        .at(kind)
        .as_array()
        .at(0)
        .as_object();
}

// The module of that kind alone in a descriptor.
descriptor read_back(const std::string& kind, const json::value& module) {
    json::object document = protocol::write_descriptor(bare());
    json::array& all = document["capabilities"].as_object()[kind].emplace_array();
    all.push_back(module);
    return protocol::read_descriptor(json::serialize(document));
}

rest_request ask_for(const std::optional<room_ref>& where, std::string method,
                     const std::string& kind, const std::string& key) {
    const std::string path = "extension/" + kind + "/" + segment("key", key);
    if (where) return ask_in(*where, std::move(method), "/" + path, {scope::admin_room});
    return ask(std::move(method), path, {scope::admin_group});
}

task<> put_module(core_ptr core, const std::optional<room_ref>& where, const std::string& kind,
                  const std::string& key, const descriptor& all) {
    rest_request request = ask_for(where, "PUT", kind, key);
    request.content_type = "application/json";
    request.body = json::serialize(written(all, kind));
    return perform(std::move(core), std::move(request));
}

template <class Module>
task<Module> get_module(core_ptr core, rest_request request, std::string kind,
                        std::vector<Module> descriptor::* list) {
    task<json::value> fetching = fetch(std::move(core), std::move(request));
    const json::value answer = co_await fetching;
    descriptor all = read_back(kind, answer);
    co_return std::move((all.*list).at(0));
}

void resolve(std::string& url, const core_ptr& core) {
    if (url.starts_with('/')) url = core->rest.base_url() + url;
}

void resolve(icon& pair, const core_ptr& core) {
    resolve(pair.url, core);
    resolve(pair.url_2x, core);
}

}  // namespace

task<> modules::put(glance_module module) const {
    resolve(module.query_url, host_.core());
    resolve(module.icon, host_.core());
    const std::string key = module.key;
    descriptor all = bare();
    if (module.target) add_target(all, module.target->key);
    all.glances.push_back(std::move(module));
    return put_module(host_.core(), where_, glance_kind, key, all);
}

task<> modules::put(web_panel_module module) const {
    resolve(module.url, host_.core());
    if (module.icon) resolve(*module.icon, host_.core());
    const std::string key = module.key;
    descriptor all = bare();
    all.web_panels.push_back(std::move(module));
    return put_module(host_.core(), where_, web_panel_kind, key, all);
}

task<> modules::put(dialog_module module) const {
    resolve(module.url, host_.core());
    const std::string key = module.key;
    descriptor all = bare();
    all.dialogs.push_back(std::move(module));
    return put_module(host_.core(), where_, dialog_kind, key, all);
}

task<> modules::put(action_module module) const {
    const std::string key = module.key;
    descriptor all = bare();
    add_target(all, module.target.key);
    all.actions.push_back(std::move(module));
    return put_module(host_.core(), where_, action_kind, key, all);
}

task<> modules::put(external_page_module module) const {
    resolve(module.url, host_.core());
    const std::string key = module.key;
    descriptor all = bare();
    all.external_pages.push_back(std::move(module));
    return put_module(host_.core(), where_, external_page_kind, key, all);
}

task<glance_module> modules::glance(std::string key) const {
    return get_module(host_.core(), ask_for(where_, "GET", glance_kind, key), glance_kind,
                      &descriptor::glances);
}

task<web_panel_module> modules::web_panel(std::string key) const {
    return get_module(host_.core(), ask_for(where_, "GET", web_panel_kind, key), web_panel_kind,
                      &descriptor::web_panels);
}

task<dialog_module> modules::dialog(std::string key) const {
    return get_module(host_.core(), ask_for(where_, "GET", dialog_kind, key), dialog_kind,
                      &descriptor::dialogs);
}

task<action_module> modules::action(std::string key) const {
    return get_module(host_.core(), ask_for(where_, "GET", action_kind, key), action_kind,
                      &descriptor::actions);
}

task<external_page_module> modules::external_page(std::string key) const {
    return get_module(host_.core(), ask_for(where_, "GET", external_page_kind, key),
                      external_page_kind, &descriptor::external_pages);
}

task<> modules::remove_glance(std::string key) const {
    return perform(host_.core(), ask_for(where_, "DELETE", glance_kind, key));
}

task<> modules::remove_web_panel(std::string key) const {
    return perform(host_.core(), ask_for(where_, "DELETE", web_panel_kind, key));
}

task<> modules::remove_dialog(std::string key) const {
    return perform(host_.core(), ask_for(where_, "DELETE", dialog_kind, key));
}

task<> modules::remove_action(std::string key) const {
    return perform(host_.core(), ask_for(where_, "DELETE", action_kind, key));
}

task<> modules::remove_external_page(std::string key) const {
    return perform(host_.core(), ask_for(where_, "DELETE", external_page_kind, key));
}

}  // namespace hipchat::rest
