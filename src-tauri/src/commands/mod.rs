//! What may the window ask for? One file a screen; each command calls one use case and converts.

use tauri::ipc::Invoke;

pub(crate) mod backup;
pub(crate) mod checklist;
pub(crate) mod clock;
pub(crate) mod consistency;
pub(crate) mod dossier;
pub(crate) mod error;
pub(crate) mod exhibits;
pub(crate) mod home;
pub(crate) mod keys;
pub(crate) mod leaving;
pub(crate) mod ledger;
pub(crate) mod own_side;
pub(crate) mod packs;
pub(crate) mod parties;
pub(crate) mod place;
pub(crate) mod position;
pub(crate) mod prove;
pub(crate) mod questionnaire;
pub(crate) mod redaction;
pub(crate) mod release;
pub(crate) mod scope;
pub(crate) mod search;
pub(crate) mod shared;
pub(crate) mod statements;
pub(crate) mod template;
pub(crate) mod unlock;
pub(crate) mod vault;
pub(crate) mod wording;

/// Every command of the window.
pub(crate) fn handler() -> impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        unlock::start,
        unlock::pick_folder,
        unlock::pick_files,
        unlock::create_vault,
        unlock::open_vault,
        unlock::lock_vault,
        unlock::close_window,
        vault::open_with_recovery_key,
        vault::passphrase_strength,
        vault::change_passphrase,
        vault::replace_recovery_key,
        keys::draw_recovery_key,
        keys::rekey_vault,
        keys::backup_keys,
        vault::check_vault,
        vault::strays,
        backup::vault_care,
        backup::backups,
        backup::set_backup_plan,
        backup::back_up_now,
        backup::backup_vault,
        backup::rehearse_backup,
        backup::restore_backup,
        backup::forget_backup,
        vault::touch,
        home::list_dossiers,
        home::create_dossier,
        home::rename_dossier,
        home::delete_dossier,
        home::export_dossier,
        home::load_sample,
        search::search,
        dossier::dossier,
        dossier::undo,
        dossier::cancel,
        packs::packs,
        packs::pick_pack,
        packs::look_at_pack,
        packs::take_pack,
        packs::choose_pack,
        packs::trust_publisher,
        packs::distrust_publisher,
        packs::key_fingerprint,
        packs::rules,
        packs::recheck,
        packs::adopt_pack,
        packs::choose_overlays,
        parties::set_parties,
        parties::set_protected_terms,
        parties::screening,
        consistency::consistency,
        consistency::accept_fault,
        own_side::own_side,
        own_side::answer_own_side,
        scope::scope,
        scope::adopt_scope,
        scope::goods,
        scope::print_scope,
        wording::judge_wording,
        wording::glossary,
        checklist::checklist,
        checklist::answer,
        checklist::request,
        questionnaire::pick_list,
        questionnaire::look_at_questionnaire,
        questionnaire::take_questionnaire,
        questionnaire::link_asked,
        questionnaire::drop_asked,
        statements::form,
        statements::save_fields,
        statements::statements,
        exhibits::exhibits,
        exhibits::exhibit,
        exhibits::import_exhibits,
        exhibits::save_exhibit,
        exhibits::remove_exhibit,
        exhibits::find_text,
        exhibits::look_alikes,
        prove::prove_exhibits,
        redaction::mask_hidden,
        template::alike_pages,
        template::mask_like,
        leaving::leaving,
        leaving::revisions,
        position::name_place,
        position::forget_place,
        release::plan,
        release::preview,
        release::release,
        ledger::ledger,
        clock::deadlines,
        clock::set_stops,
    ]
}
