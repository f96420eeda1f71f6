document.documentElement.classList.add("live");
startSearch();
startPanel();
startTables();
startContents();
startBack();
startScrolling();
