"""What each permission lets somebody do, in words for the table of roles."""

from app.errors import N_
from app.web.access import Permission

PERMISSION_WORDS = {
    Permission.REPORT_READ: N_("報告を読む"),
    Permission.REPORT_CLAIM: N_("報告を担当する・電話する"),
    Permission.REPORT_CLOSE: N_("報告を終わりにする"),
    Permission.INSTRUCTION_SEND: N_("対応指示を送る"),
    Permission.PHONE_TASK_CLOSE: N_("つながらない電話を終える"),
    Permission.ORGANIZATION_READ: N_("団体・事業所を見る"),
    Permission.BADGE_READ: N_("名札を見る"),
    Permission.BADGE_PRINT: N_("名札を印刷する"),
    Permission.BADGE_STOP: N_("名札を止める・出し直す"),
    Permission.HEALTH_READ: N_("通信の状態を見る"),
    Permission.STAFF_MANAGE: N_("担当者を加える・終える"),
    Permission.SETTINGS_EDIT: N_("設定を変える"),
    Permission.PUSH_TRY: N_("試しの通知を受け取る"),
    Permission.AUDIT_READ: N_("操作の記録を見る"),
    Permission.BYLAW_READ: N_("決まりを読む"),
    Permission.OWN_ACCOUNT: N_("自分のアカウントを直す"),
}
