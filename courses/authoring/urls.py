"""Writing themes: pages are nouns, deeds are verbs."""

from django.urls import path

from courses.authoring.views import (
    folders,
    history,
    imports,
    introduction,
    outline,
    preview,
    publishing,
    themes,
    topics,
)

THEME = "themes/<slug:theme>/"
TOPIC = "themes/<slug:theme>/topics/<slug:topic>/"
IMPORT = "import/<slug:import_id>/"
FOLDER = "folders/<slug:import_id>/"

app_name = "authoring"
urlpatterns = [
    path("", themes.themes, name="themes"),
    path("create/", themes.create_theme, name="create_theme"),
    path(THEME, outline.theme, name="theme"),
    path(THEME + "duplicate/", themes.duplicate_theme, name="duplicate_theme"),
    path(THEME + "bin/", themes.bin_theme, name="bin_theme"),
    path(THEME + "restore/", themes.restore_theme, name="restore_theme"),
    # What it says of itself
    path(THEME + "describe/", outline.describe_theme, name="describe_theme"),
    path(THEME + "cover/", outline.change_cover, name="change_cover"),
    path(THEME + "cover/remove/", outline.remove_cover, name="remove_cover"),
    path(THEME + "introduction/", introduction.introduction, name="introduction"),
    path(THEME + "introduction/save/", introduction.save_introduction, name="save_introduction"),
    path(THEME + "introduction/pictures/", introduction.add_introduction_picture, name="add_introduction_picture"),
    # Its steps
    path(THEME + "add/", outline.add_topic, name="add_topic"),
    path(THEME + "existing/", outline.existing_topics, name="existing_topics"),
    path(THEME + "existing/add/", outline.add_existing_topic, name="add_existing_topic"),
    path(TOPIC + "move/", outline.move_topic, name="move_topic"),
    path(TOPIC + "require/", outline.require_topic, name="require_topic"),
    path(TOPIC + "reschedule/", outline.reschedule_topic, name="reschedule_topic"),
    path(TOPIC + "readdress/", outline.readdress_topic, name="readdress_topic"),
    path(TOPIC + "take-out/", outline.take_out_topic, name="take_out_topic"),
    path(TOPIC + "put-back/", outline.put_back_topic, name="put_back_topic"),
    # Writing one
    path(TOPIC, topics.topic, name="topic"),
    path(TOPIC + "save/", topics.save_topic, name="save_topic"),
    path(TOPIC + "merge/", topics.merge_topic, name="merge_topic"),
    path(TOPIC + "pictures/", topics.add_picture, name="add_picture"),
    path(TOPIC + "presence/", topics.presence, name="presence"),
    # Publishing
    path(THEME + "publish/", publishing.publish_theme, name="publish_theme"),
    path(THEME + "unpublish/", publishing.unpublish_theme, name="unpublish_theme"),
    path(TOPIC + "publish/", publishing.publish_topic, name="publish_topic"),
    path(TOPIC + "withdraw/", publishing.withdraw_topic, name="withdraw_topic"),
    # Preview
    path(THEME + "preview/", preview.preview_theme, name="preview_theme"),
    path(THEME + "preview/page/", preview.previewed_theme, name="previewed_theme"),
    path(TOPIC + "preview/", preview.preview_topic, name="preview_topic"),
    path(TOPIC + "preview/page/", preview.previewed_topic, name="previewed_topic"),
    # History
    path(THEME + "history/", history.theme_history, name="theme_history"),
    path(THEME + "history/<slug:entry>/", history.structure, name="structure"),
    path(THEME + "history/<slug:entry>/restore/", history.restore_structure, name="restore_structure"),
    path(TOPIC + "history/", history.topic_history, name="topic_history"),
    path(TOPIC + "history/compare/", history.compare, name="compare"),
    path(TOPIC + "history/<slug:entry>/", history.entry, name="entry"),
    path(TOPIC + "history/<slug:entry>/restore/", history.restore_entry, name="restore_entry"),
    path(TOPIC + "history/<slug:entry>/name/", history.name_entry, name="name_entry"),
    path(TOPIC + "discard/", history.discard_draft, name="discard_draft"),
    # From article to course
    path("import/", imports.begin_import, name="begin_import"),
    path("import/read/", imports.read_import, name="read_import"),
    path(IMPORT, imports.import_proposal, name="import_proposal"),
    path(IMPORT + "pictures/<int:number>/", imports.import_picture, name="import_picture"),
    path(IMPORT + "titles/", imports.keep_titles, name="keep_titles"),
    path(IMPORT + "texts/", imports.choose_articles, name="choose_articles"),
    path(IMPORT + "texts/<int:number>/split/", imports.split_article, name="split_article"),
    path(IMPORT + "texts/<int:number>/join/", imports.join_article, name="join_article"),
    path(IMPORT + "topics/<int:number>/join/", imports.join_topic, name="join_topic"),
    path(IMPORT + "topics/<int:number>/leave-out/", imports.leave_out_topic, name="leave_out_topic"),
    path(IMPORT + "topics/<int:number>/take/", imports.take_topic, name="take_topic"),
    path(IMPORT + "passages/<int:number>/split/", imports.split_topic, name="split_topic"),
    path(IMPORT + "passages/<int:number>/drop/", imports.drop, name="drop"),
    path(IMPORT + "passages/<int:number>/put-back/", imports.put_back, name="put_back"),
    path(IMPORT + "make/", imports.make_drafts, name="make_drafts"),
    path(IMPORT + "discard/", imports.discard_import, name="discard_import"),
    # A theme as a folder
    path(THEME + "export/", folders.export_theme, name="export_theme"),
    path(FOLDER, folders.folder_import, name="folder_import"),
    path(FOLDER + "take-in/", folders.take_in_folder, name="take_in_folder"),
    path(FOLDER + "take-in-as-new/", folders.take_in_folder_as_new, name="take_in_folder_as_new"),
]
