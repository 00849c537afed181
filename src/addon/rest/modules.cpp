#include "hipchat/rest/modules.hpp"

#include "addon/rest/call.hpp"
#include "addon/rest/module_object.hpp"
#include "hipchat/json.hpp"

namespace hipchat::rest {
namespace {

constexpr const char* glance_kind = "glance";
constexpr const char* web_panel_kind = "webPanel";
constexpr const char* dialog_kind = "dialog";
constexpr const char* action_kind = "action";
constexpr const char* external_page_kind = "externalPage";
constexpr const char* webhook_kind = "webhook";

// A target may be any other module of the add-on, so one of that key stands in for it.
void add_target(descriptor& all, const std::string& key) {
    if (key.empty()) return;
    external_page_module stand_in;
    stand_in.key = key;
    stand_in.name = "target";
    stand_in.url = "https://example.com/target";
    all.external_pages.push_back(std::move(stand_in));
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
    request.body = json::serialize(write_module(all, kind));
    return perform(std::move(core), std::move(request));
}

template <class Module>
task<Module> get_module(core_ptr core, rest_request request, std::string kind,
                        std::vector<Module> descriptor::* list) {
    task<json::value> fetching = fetch(std::move(core), std::move(request));
    const json::value answer = co_await fetching;
    descriptor all = read_module(kind, answer);
    co_return std::move((all.*list).at(0));
}

void resolve(icon& pair, const core_ptr& core) {
    resolve_url(pair.url, *core);
    resolve_url(pair.url_2x, *core);
}

}  // namespace

task<> modules::put(glance_module module) const {
    resolve_url(module.query_url, *host_.core());
    resolve(module.icon, host_.core());
    const std::string key = module.key;
    descriptor all = bare_descriptor();
    if (module.target) add_target(all, module.target->key);
    all.glances.push_back(std::move(module));
    return put_module(host_.core(), where_, glance_kind, key, all);
}

task<> modules::put(web_panel_module module) const {
    resolve_url(module.url, *host_.core());
    if (module.icon) resolve(*module.icon, host_.core());
    const std::string key = module.key;
    descriptor all = bare_descriptor();
    all.web_panels.push_back(std::move(module));
    return put_module(host_.core(), where_, web_panel_kind, key, all);
}

task<> modules::put(dialog_module module) const {
    resolve_url(module.url, *host_.core());
    const std::string key = module.key;
    descriptor all = bare_descriptor();
    all.dialogs.push_back(std::move(module));
    return put_module(host_.core(), where_, dialog_kind, key, all);
}

task<> modules::put(action_module module) const {
    const std::string key = module.key;
    descriptor all = bare_descriptor();
    add_target(all, module.target.key);
    all.actions.push_back(std::move(module));
    return put_module(host_.core(), where_, action_kind, key, all);
}

task<> modules::put(external_page_module module) const {
    resolve_url(module.url, *host_.core());
    const std::string key = module.key;
    descriptor all = bare_descriptor();
    all.external_pages.push_back(std::move(module));
    return put_module(host_.core(), where_, external_page_kind, key, all);
}

task<> modules::put(hipchat::webhook module) const {
    resolve_url(module.url, *host_.core());
    const std::string key = module.key;
    descriptor all = bare_descriptor();
    all.webhooks.push_back(std::move(module));
    return put_module(host_.core(), where_, webhook_kind, key, all);
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

task<hipchat::webhook> modules::webhook(std::string key) const {
    return get_module(host_.core(), ask_for(where_, "GET", webhook_kind, key), webhook_kind,
                      &descriptor::webhooks);
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

task<> modules::remove_webhook(std::string key) const {
    return perform(host_.core(), ask_for(where_, "DELETE", webhook_kind, key));
}

}  // namespace hipchat::rest
