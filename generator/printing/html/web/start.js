document.documentElement.classList.add("scripted");
startSearch();
startPanel();
startTables();
startContents();
startScrolling();
